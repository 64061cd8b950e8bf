import { drawPositions } from '@laurelkit/sdk/draws';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { positionsInTurns } from './positions.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

it('comes to the same positions as all at once, however many tickets somebody has', async () => {
  const entries = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[A-Za-z0-9_-]{1,16}$/), weight: fc.integer({ min: 1, max: 1200 }) }),
    { selector: ({ id }) => id, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(entries, bytes, bytes, async (some, salt, randomness) => {
      const all = drawPositions({ salt, randomness, entries: some });
      const turns = await positionsInTurns(some, { salt, randomness });
      expect([...turns].map(([id, position]) => [id, Buffer.from(position).toString('hex')])).toEqual(
        [...all].map(([id, position]) => [id, Buffer.from(position).toString('hex')]),
      );
    }),
    { numRuns: 30 },
  );
});
