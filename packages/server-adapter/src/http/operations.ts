import { pendingMigrations } from '../db/migrate.ts';
import type { Storage } from '../db/storage.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import type { Metrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';

/** Health, metrics, and the API's own description. */
export function operations(
  storage: Storage,
  schema: string,
  metrics: Metrics,
  { isDraining, isReady }: Record<'isDraining' | 'isReady', () => boolean>,
): Handlers<'operations'> {
  return {
    livez: async () => ({ status: 'ok' }),

    readyz: async () => {
      if (isDraining()) throw new LaurelProblem('unavailable', 'The server is shutting down.');
      const pending = await pendingMigrations(storage, schema).catch((cause: unknown) => {
        throw new LaurelProblem('unavailable', 'The database does not answer.', { cause });
      });
      if (pending.length > 0) throw new LaurelProblem('unavailable', 'Migrations are pending: run laurel migrate.');
      if (!isReady()) throw new LaurelProblem('unavailable', 'The server has not started yet. Its log says why.');
      return { status: 'ok' };
    },

    metrics: async () =>
      new Response(await metrics.print(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } }),

    openapi: async (_, { publicUrl }) => openApiDocument(publicUrl()),
  };
}
