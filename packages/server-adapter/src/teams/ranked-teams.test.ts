import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexAfter, type RankedTeam } from './ranked-teams.ts';

const boards = fc
  .uniqueArray(fc.record({ score: fc.nat(5), seq: fc.nat(5), id: fc.uuid() }), { selector: ({ id }) => id })
  .map((teams) => teams.sort((a, b) => b.score - a.score || a.seq - b.seq || (a.id < b.id ? -1 : 1)) as RankedTeam[]);

it('finds where a page goes on, also when the team before it is gone', () => {
  fc.assert(
    fc.property(boards, (teams) => {
      for (const [index, { score, seq, id }] of teams.entries()) {
        expect(indexAfter(teams, [score, seq, id])).toBe(index + 1);
        expect(indexAfter(teams.toSpliced(index, 1), [score, seq, id])).toBe(index);
      }
    }),
  );
});
