import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { endOfTurn } from './http/end-of-turn.ts';
import type { Laurel } from './index.ts';

/**
 * Mounts Laurel in Hono, on any runtime; the path it is mounted at is that of the route.
 *
 * @example
 * ```ts
 * app.all('/api/*', honoHandler(laurel));
 * ```
 */
export function honoHandler(laurel: Pick<Laurel, 'fetch'>) {
  return async (context: Context): Promise<Response> => {
    const { raw } = context.req;
    const request = raw.bodyUsed
      ? new Request(raw.url, { ...partsOf(raw), body: await context.req.arrayBuffer() })
      : raw;
    const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
    const remoteAddress = incoming?.socket?.remoteAddress;
    const response = await laurel.fetch(request, {
      basePath: routePath(context).replace(/\/\*$/, ''),
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
    // On Node each answer is a write of its own as soon as it is returned.
    if (incoming !== undefined) await endOfTurn();
    return response;
  };
}

const partsOf = ({ method, headers, signal }: Request) => ({ method, headers, signal });
