import type { Laurel } from './index.ts';

/**
 * Mounts Laurel as a Next.js route handler, in `app/api/[...laurel]/route.ts`.
 *
 * @example
 * ```ts
 * export const runtime = 'nodejs';
 * export const { GET, HEAD, POST, PATCH, DELETE, OPTIONS } = nextHandler(laurel);
 * ```
 */
export function nextHandler(laurel: Pick<Laurel, 'fetch'>) {
  const handle = (request: Request): Promise<Response> => laurel.fetch(request);
  return { GET: handle, HEAD: handle, POST: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
}
