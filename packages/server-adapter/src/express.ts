import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Laurel } from './index.ts';
import { nodeHandler } from './node.ts';

/**
 * Mounts Laurel in Express, before or after `express.json()`; the path it is mounted at is found out by itself.
 *
 * @example
 * ```ts
 * app.use('/api', expressHandler(laurel));
 * ```
 */
export function expressHandler(laurel: Pick<Laurel, 'answer'>) {
  return (request: IncomingMessage & { baseUrl?: string }, response: ServerResponse): void => {
    void nodeHandler(laurel, { basePath: request.baseUrl ?? '' })(request, response);
  };
}
