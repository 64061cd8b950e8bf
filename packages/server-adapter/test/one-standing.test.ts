import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { repin } from '../src/curriculum/repin.ts';
import { databaseOn } from '../src/db/database.ts';
import { enlist } from '../src/db/enlist.ts';
import type { TestLaurel } from '../src/testing.ts';
import { happening, seedCohort, seedCourse, seedEnrolments, seedVersion } from './learning.ts';
import { aTree } from './random-course.ts';
import { ask, inHostTransaction, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

const twoVersions = fc.tuple(aTree(8), aTree(8)).filter((each) => each.every((nodes) => nodes.length > 2));
const kinds = ['viewed', 'checked', 'scored', 'submitted', 'signed_off'] as const;
const aDeed = fc.record({ at: fc.nat(20), kind: fc.constantFrom(...kinds), score: fc.nat(100) });
const aMove = fc.constantFrom({ version: 2 }, { version: 1 }, { cohort: 'spring' }, { cohort: null });
const aCase = fc.tuple(
  twoVersions,
  fc.array(fc.oneof({ weight: 4, arbitrary: aDeed }, aMove), { minLength: 4, maxLength: 12 }),
);

it(`is the same in the outline and in the progress, for every node of any course and wherever a learner is moved, on ${storageName}`, async () => {
  for (const [[first, second], steps] of fc.sample(aCase, 25)) {
    const name = `stander-${randomUUID()}`;
    // An id is for ever of one type.
    const later = second.map((node) => ({
      ...node,
      ...(first.some(({ id, type }) => id === node.id && type !== node.type) && { id: `x${node.id}` }),
    }));
    const ids = new Map(second.map(({ id }, index) => [id, later[index]?.id ?? id]));
    const renamed = later.map((node) => ({
      ...node,
      parent: node.parent && (ids.get(node.parent) ?? null),
      opens: null,
    }));
    const course = await seedCourse(laurel, first);
    await seedVersion(laurel, course, 2, renamed);
    const cohorts = new Map([['spring', await seedCohort(laurel, course, 'spring')]]);
    const [enrolment = ''] = await seedEnrolments(laurel, course, [name]);
    const { token } = await laurel.api.participants.createToken({ participant: name });
    const lessons = [...new Set([...first, ...renamed].filter(({ type }) => type === 'lesson').map(({ id }) => id))];
    let before = -1;
    for (const step of steps) {
      if ('kind' in step) {
        const { kind, at, score } = step;
        const event = happening(lessons[at % lessons.length] ?? '', kind, kind === 'scored' ? { score } : {});
        await laurel.api.progress.record({ course: course.slug, participant: name, events: [event] });
      } else {
        before = -1;
        await inHostTransaction((tx) =>
          repin(databaseOn(enlist(tx), laurel.schema), {
            ...{ enrolments: [enrolment], actor: 'staff:ada', reason: null, now: null, channel: 'nobody' },
            ...('version' in step
              ? { version: step.version }
              : { cohortId: step.cohort === null ? null : (cohorts.get(step.cohort) ?? null) }),
          }),
        );
      }
      const outline = (await ask(laurel, 'GET', `/courses/${course.slug}/outline`, { credential: token })).json;
      const progress = (await ask(laurel, 'GET', `/courses/${course.slug}/progress`, { credential: token })).json;
      const told = (nodes: { id: string; state: string; percent: number; completedAt: string | null }[]) =>
        nodes.map(({ id, state, percent, completedAt }) => ({ id, state, percent, completedAt }));
      expect(told(outline.nodes)).toEqual(told(progress.nodes));
      expect([outline.percent, outline.version]).toEqual([progress.percent, progress.version]);
      // Within a version and cohort it never falls.
      expect(progress.percent).toBeGreaterThanOrEqual(before);
      before = progress.percent;
    }
  }
});
