import { quicknet } from '@laurelkit/sdk/draws';
import { deriveKey } from '../../packages/server-adapter/src/access/secrets.ts';
import { startContests } from '../../packages/server-adapter/src/contests/start.ts';
import { openPool, postgresStorage } from '../../packages/server-adapter/src/db/postgres.ts';
import { drawingSteps } from '../../packages/server-adapter/src/drawing/index.ts';
import { receiptKeyOf } from '../../packages/server-adapter/src/drawing/receipt-key.ts';
import { secret } from './contest.ts';

/** A node’s keeper of draws, to be run by hand at instants of the bench’s own. */
export function openDrawing(url: string, schema: string) {
  let instant: Date | null = null;
  let failure: unknown;
  const storage = postgresStorage(openPool(url), { own: true });
  const channel = `laurel_${schema}`;
  const start = startContests(storage, schema, channel, () => instant);
  const [commit, , freeze, draw] = drawingSteps({
    ...{ storage, schema, channel, clock: () => instant, chain: quicknet },
    // Public numbers decide.
    beacon: { roundOf: async () => null, close: async () => {} },
    boardKey: deriveKey(secret, 'board-id'),
    seedKey: deriveKey(secret, 'instant-seed'),
    receiptKey: receiptKeyOf(deriveKey(secret, 'draw-receipt')),
    onFailure: (error) => {
      failure = error;
    },
  });
  const run = (step: (() => Promise<void>) | undefined) => async (at: Date | null) => {
    instant = at;
    await step?.();
    if (failure) throw failure;
  };
  return {
    start: run(start),
    commit: run(commit),
    freeze: run(freeze),
    draw: run(draw),
    close: storage.close,
  };
}
