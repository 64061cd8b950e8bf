import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drafts, ids } from '../../test/random-drafts.ts';
import { audiencesOf, treeOf } from '../curriculum/faults/draft.ts';
import { draftFaults } from '../curriculum/faults/draft-faults.ts';
import { type LessonState, untouched } from '../curriculum/lesson-state.ts';
import { reckon } from '../curriculum/reckon.ts';
import { percentOf } from '../curriculum/weigh.ts';
import { lackingOf } from './lacking.ts';

const checked: LessonState = { ...untouched, checked: true, score: 100 };

it('is what brings anybody to 100 % when it is credited, whatever opens it', () => {
  let some = 0;
  fc.assert(
    fc.property(drafts, fc.subarray(ids), (draft, did) => {
      if (draftFaults(draft).length > 0) return;
      const current = treeOf(draft);
      const percentWith = (cohort: string | null, credited: readonly string[]) => {
        const states = new Map(did.map((id) => [id, checked]));
        for (const id of credited) states.set(id, { ...(states.get(id) ?? untouched), credited: true });
        const standing = reckon({ current, versions: [current], cohort, states });
        return { done: standing.done, total: standing.total, percent: percentOf(standing.earned, standing.total) };
      };
      for (const cohort of audiencesOf(draft)) {
        const before = percentWith(cohort, []);
        if (before.total === 0) continue;
        const lacking = lackingOf(current, cohort, before.done).map(({ id }) => id);
        expect(percentWith(cohort, lacking).percent).toBe(100);
        expect(lacking.length === 0).toBe(before.percent === 100);
        for (const id of lacking) expect(before.done.has(id)).toBe(false);
        some += lacking.length;
      }
    }),
    { numRuns: 2000 },
  );
  expect(some).toBeGreaterThan(300);
});
