import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooEarly, lockOf, mayCount } from '../src/curriculum/availability.ts';
import { completionOf } from '../src/curriculum/completion.ts';
import { type Curriculum, curriculumOf } from '../src/curriculum/curriculum.ts';
import { nodesOf } from '../src/curriculum/expression.ts';
import type { Learner } from '../src/curriculum/learner.ts';
import { type LessonState, untouched } from '../src/curriculum/lesson-state.ts';
import { addUp, askedFor, type KeptUnit, newlyDone, reckonAnew } from '../src/curriculum/newly-done.ts';
import { reckon, sumUp } from '../src/curriculum/reckon.ts';
import { doesCount, isReachable, isVisible } from '../src/curriculum/visible.ts';
import { percentOf, weigh } from '../src/curriculum/weigh.ts';
import { countLessons } from '../src/progress/read-progress.ts';
import { lesson, onSight, unit } from './learning.ts';
import { aCohort, aCurriculum, aState, perfect, someStates } from './random-course.ts';

const runs = { numRuns: 1_500 };

const lessonIds = ({ lessons }: Curriculum) => lessons.map(({ id }) => id);
const all = (curriculum: Curriculum, state: LessonState) => new Map(lessonIds(curriculum).map((id) => [id, state]));
const learnerOf = (current: Curriculum, cohort: string | null): Learner => ({
  ...{ id: 'e', courseId: 'course', participantId: 'p', programId: null, state: 'active', cohort, cohortId: null },
  ...{
    current,
    pinned: [current],
    zone: 'UTC',
    timeZone: 'UTC',
    enrolledAt: new Date(0),
    startsAt: null,
    completedAt: null,
  },
  ...{ earned: 0, total: weigh(current, cohort).total, seq: 0, suspect: false, mediaMs: 0, spentMs: 0 },
});

/** What is kept of a learner of whom nothing has arrived, and how what came of something is added to it. */
function nothingKept() {
  const arrived = new Map<string, LessonState>();
  const doneLessons = new Set<string>();
  const units = new Map<string, KeptUnit>();
  const keep = (change: ReturnType<typeof reckonAnew>) => {
    for (const lesson of change.lessons) doneLessons.add(lesson);
    for (const { unit, earned, done } of change.units) {
      units.set(unit, { earned, done: done || units.get(unit)?.done === true });
    }
  };
  return { arrived, doneLessons, units, keep };
}

/** The later of two states in each part. */
const joined = (a: LessonState, b: LessonState): LessonState => ({
  viewed: a.viewed || b.viewed,
  spentMs: Math.max(a.spentMs, b.spentMs),
  watched: [...a.watched, ...b.watched],
  score: a.score === null && b.score === null ? null : Math.max(a.score ?? -1, b.score ?? -1),
  submitted: a.submitted || b.submitted,
  checked: a.checked || b.checked,
  signedOff: a.signedOff || b.signedOff,
  credited: a.credited || b.credited,
  happened: [...new Set([...a.happened, ...b.happened])],
});

describe('weights', () => {
  const aPart = fc.tuple(aCurriculum(16), aCohort, fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }));

  it('are whole, add up exactly, and come to 100 % for everything and never before', () => {
    fc.assert(
      fc.property(aPart, ([curriculum, cohort, picks]) => {
        const weights = weigh(curriculum, cohort);
        const worth = ({ id, type }: Curriculum['nodes'][number]) =>
          type === 'lesson' ? weights.ofLesson(id) : weights.ofUnit(id);
        const sum = (nodes: readonly Curriculum['nodes'][number][]) =>
          nodes.reduce((now, node) => now + worth(node), 0);
        expect(sum(curriculum.childrenOf(null))).toBe(weights.total);
        for (const node of curriculum.nodes) {
          expect(Number.isSafeInteger(worth(node)) && worth(node) >= 0).toBe(true);
          if (node.type !== 'unit') expect(worth(node) > 0).toBe(doesCount(curriculum, node, cohort));
          else if (node.choose === null) expect(sum(curriculum.childrenOf(node.id))).toBe(worth(node));
          else expect(sum(curriculum.childrenOf(node.id))).toBeGreaterThanOrEqual(worth(node));
        }
        const everything = sumUp(curriculum, cohort, new Set(lessonIds(curriculum)));
        expect(everything.earnings.earned).toBe(weights.total);

        const some = new Set(lessonIds(curriculum).filter((_, place) => picks[place]));
        const { earned } = sumUp(curriculum, cohort, some).earnings;
        expect(earned).toBeLessThanOrEqual(weights.total);
        const isLacking = curriculum.lessons.some(
          (each) =>
            !some.has(each.id) &&
            doesCount(curriculum, each, cohort) &&
            curriculum.unitsOf(each.id).every(({ choose }) => choose === null),
        );
        if (isLacking) expect(percentOf(earned, weights.total)).toBeLessThan(100);
        const counted = countLessons(curriculum, cohort, some, null);
        if (weights.total > 0) expect(percentOf(earned, weights.total) === 100).toBe(earned === weights.total);
        expect(counted.done).toBeLessThanOrEqual(counted.all);
      }),
      runs,
    );
  });

  it('add up lesson by lesson to what they come to at once, whatever the order', () => {
    fc.assert(
      fc.property(
        aPart.chain(([curriculum, cohort]) =>
          fc.tuple(fc.constant(curriculum), fc.constant(cohort), fc.shuffledSubarray(lessonIds(curriculum))),
        ),
        ([curriculum, cohort, order]) => {
          let learner = learnerOf(curriculum, cohort);
          const units = new Map<string, { earned: number; done: boolean }>();
          for (const id of order) {
            const change = addUp(learner, [id], units, new Set());
            for (const each of change.units) {
              units.set(each.unit, { earned: each.earned, done: each.done || units.get(each.unit)?.done === true });
            }
            learner = { ...learner, earned: change.earned };
          }
          const { complete, earnings } = sumUp(curriculum, cohort, new Set(order));
          expect(learner.earned).toBe(earnings.earned);
          for (const [id, earned] of earnings.unitEarned) expect(units.get(id)?.earned ?? 0).toBe(earned);
          expect(
            [...units]
              .filter(([, { done }]) => done)
              .map(([id]) => id)
              .sort(),
          ).toEqual(complete.sort());
        },
      ),
      runs,
    );
  });

  it('share a weight in proportion', () => {
    const nodes = [
      unit('u', null, { weight: 3 }),
      lesson('a', 'u', { weight: 2 }),
      lesson('b', 'u'),
      lesson('c', null, { weight: 1 }),
    ];
    const { ofLesson, total } = weigh(curriculumOf({ courseId: 'c', version: 1, sequential: false, nodes }), null);
    expect([ofLesson('a') / total, ofLesson('b') / total, ofLesson('c') / total]).toEqual([2 / 4, 1 / 4, 1 / 4]);
  });
});

describe('how far a learner is', () => {
  const aCase = aCurriculum().chain((curriculum) =>
    fc.record({
      curriculum: fc.constant(curriculum),
      cohort: aCohort,
      states: someStates(curriculum),
      more: someStates(curriculum),
      order: fc.shuffledSubarray(lessonIds(curriculum), { minLength: lessonIds(curriculum).length }),
    }),
  );

  it('grows with the states and stays between 0 and 100', () => {
    fc.assert(
      fc.property(aCase, ({ curriculum, cohort, states, more }) => {
        const at = (of: ReadonlyMap<string, LessonState>) =>
          reckon({ current: curriculum, versions: [curriculum], cohort, states: of });
        const before = at(states);
        const grown = new Map(states);
        for (const [id, state] of more) grown.set(id, joined(grown.get(id) ?? untouched, state));
        const after = at(grown);
        expect([...after.done]).toEqual(expect.arrayContaining([...before.done]));
        expect(after.earned).toBeGreaterThanOrEqual(before.earned);
        expect(percentOf(after.earned, after.total)).toBeLessThanOrEqual(100);
      }),
      runs,
    );
  });

  it('is the same whether states arrive one by one in any order or all at once', () => {
    fc.assert(
      fc.property(aCase, ({ curriculum, cohort, states, order }) => {
        const learner = learnerOf(curriculum, cohort);
        const { arrived, doneLessons, units, keep } = nothingKept();
        let earned = 0;
        for (const id of order) {
          const state = states.get(id);
          if (state) arrived.set(id, state);
          const change = reckonAnew(learner, { states: arrived, doneLessons, units }, new Set());
          keep(change);
          expect(change.earned).toBeGreaterThanOrEqual(earned);
          earned = change.earned;
        }
        const once = reckon({ current: curriculum, versions: [curriculum], cohort, states });
        expect(earned).toBe(once.earned);
        const doneUnits = [...units].filter(([, { done }]) => done).map(([id]) => id);
        expect([...doneLessons, ...doneUnits].sort()).toEqual([...once.done].sort());
      }),
      runs,
    );
  });

  it('is told of what arrived by what it waits for and what waits for it, as by all states', () => {
    let alone = 0;
    fc.assert(
      fc.property(aCase, ({ curriculum, cohort, states, order }) => {
        const learner = learnerOf(curriculum, cohort);
        const { arrived, doneLessons, units, keep } = nothingKept();
        let earned = 0;
        for (const id of order) {
          const state = states.get(id);
          if (!state) continue;
          const standing = { states: new Map([...arrived, [id, state]]), doneLessons, units };
          const whole = reckonAnew({ ...learner, earned }, standing, new Set());
          const arriving = {
            ...{ learner: { ...learner, earned }, states: new Map([[id, state]]), units },
            scored: state.score === null ? [] : [id],
            done: new Set([id].filter((each) => doneLessons.has(each))),
          };
          // It may look at nothing but what it asks for.
          const asked = askedFor(arriving);
          const isDone = (each: string) => doneLessons.has(each) || units.get(each)?.done === true;
          const around = {
            states: new Map([...arrived].filter(([each]) => asked.has(each))),
            done: new Set([...asked].filter(isDone)),
          };
          const lessons = newlyDone(arriving, around);
          if (whole.lessons.some((each) => each !== id)) expect(lessons).toBeNull();
          if (lessons !== null) {
            alone++;
            const change = addUp(arriving.learner, lessons, units, new Set());
            const moved = change.units.filter(({ unit, earned: now }) => now !== (units.get(unit)?.earned ?? 0));
            const sorted = (of: readonly (typeof moved)[number][]) => of.toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
            expect({ ...change, units: sorted(moved), newly: change.newly.toSorted() }).toEqual({
              ...{ ...whole, units: sorted(whole.units), newly: whole.newly.toSorted() },
            });
          }
          arrived.set(id, state);
          keep(whole);
          earned = whole.earned;
        }
      }),
      runs,
    );
    expect(alone).toBeGreaterThan(1000);
  });

  it('is 100 % for whoever did everything: what cannot be reached does not count', () => {
    fc.assert(
      fc.property(aCurriculum(16), aCohort, (curriculum, cohort) => {
        const states = all(curriculum, perfect);
        const { earned, total, done } = reckon({ current: curriculum, versions: [curriculum], cohort, states });
        expect(earned).toBe(total);
        for (const each of curriculum.lessons) if (doesCount(curriculum, each, cohort)) expect(done).toContain(each.id);
      }),
      runs,
    );
  });
});

describe('what is open', () => {
  const anInstant = fc.nat(3650).map((days) => new Date(Date.UTC(2026, 0, 1) + days * 21_600_000));
  const aClock = fc.oneof(
    anInstant.map((at) => ({ kind: 'instant', from: at.toISOString() })),
    anInstant.map((at) => ({ kind: 'date', from: at.toISOString().slice(0, 16) })),
    fc.record({
      kind: fc.constant('days'),
      since: fc.constantFrom('enrolment', 'start'),
      days: fc.nat(60),
      at: fc.constantFrom('00:00', '09:00'),
    }),
  );
  const aCondition = fc.oneof(
    aClock,
    fc.record({ kind: fc.constant('completed'), node: fc.constant('first') }),
    fc.record({ kind: fc.constant('score'), node: fc.constant('first'), atLeast: fc.nat(100) }),
    fc.constant({ kind: 'cohort', cohorts: ['spring'] }),
  );
  const anExpression = fc.oneof(
    aCondition,
    fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(aCondition, { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: aCondition }),
  );
  const aSituation = fc.record({
    now: anInstant,
    cohort: aCohort,
    enrolledAt: anInstant,
    startsAt: fc.option(anInstant),
    zone: fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe'),
    done: fc.constantFrom(new Set<string>(), new Set(['first'])),
    scores: fc.option(fc.nat(100)).map((score) => new Map(score === null ? [] : [['first', score] as const])),
  });
  const aLock = fc.record({ opens: anExpression, situation: aSituation }).map(({ opens, situation }) => ({
    situation,
    curriculum: curriculumOf({
      ...{ courseId: 'c', version: 1, sequential: false },
      nodes: [lesson('first'), unit('u', null, { opens }), lesson('second', 'u')],
    }),
  }));

  it('may count and is not too early', () => {
    fc.assert(
      fc.property(aLock, ({ curriculum, situation }) => {
        if (lockOf(curriculum, 'second', situation).locks.length > 0) return;
        expect(mayCount(curriculum, 'second', situation)).toBe(true);
        expect(isTooEarly(curriculum, 'second', situation)).toBe(false);
      }),
      runs,
    );
  });

  it('opens when it says, and not a millisecond before', () => {
    fc.assert(
      fc.property(aLock, ({ curriculum, situation }) => {
        const { opensAt, locks } = lockOf(curriculum, 'second', situation);
        if (opensAt === null) return;
        expect(locks.length).toBeGreaterThan(0);
        expect(opensAt.getTime()).toBeGreaterThan(situation.now.getTime());
        expect(lockOf(curriculum, 'second', { ...situation, now: opensAt }).locks).toEqual([]);
        const before = new Date(opensAt.getTime() - 1);
        expect(lockOf(curriculum, 'second', { ...situation, now: before }).locks.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('is reached by nobody who does not see it, nor anything in a unit that nobody reaches', () => {
    fc.assert(
      fc.property(aCurriculum(16), aCohort, (curriculum, cohort) => {
        for (const node of curriculum.nodes) {
          if (!isReachable(curriculum, node, cohort)) continue;
          expect(isVisible(curriculum, node, cohort)).toBe(true);
          for (const each of curriculum.unitsOf(node.id)) expect(isReachable(curriculum, each, cohort)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('names the nodes that it waits for', () => {
    expect(
      nodesOf({
        kind: 'all',
        of: [
          { kind: 'completed', node: 'a' },
          { kind: 'not', of: { kind: 'score', node: 'b', atLeast: 1 } },
        ],
      }),
    ).toEqual(['a', 'b']);
  });
});

describe('the rule of a lesson', () => {
  const aRuled = fc.tuple(
    aCurriculum()
      .filter(({ lessons }) => lessons.length > 0)
      .map(({ lessons }) => lessons[0] as Curriculum['nodes'][number]),
    aState,
    aState,
  );

  it('grows with the state, is whole only when it is met, and says what is left until then', () => {
    fc.assert(
      fc.property(aRuled, ([node, state, more]) => {
        const before = completionOf(node, state);
        const after = completionOf(node, joined(state, more));
        expect(after.share).toBeGreaterThanOrEqual(before.share - 1e-9);
        if (before.met) expect(after.met).toBe(true);
        for (const { met, share, todo } of [before, after]) {
          expect(met).toBe(share === 1);
          expect(met).toBe(todo.length === 0);
          expect(share).toBeGreaterThanOrEqual(0);
        }
      }),
      runs,
    );
  });

  it('is met by nobody who did nothing', () => {
    fc.assert(
      fc.property(aRuled, ([node]) => {
        expect(completionOf(node, untouched).met).toBe(false);
      }),
      runs,
    );
    const skippable = lesson('film', null, {
      ...{ kind: 'video', done: { kind: 'gaps', longestSeconds: 120 } },
      video: { provider: 'file', url: 'https://media.example/a.mp4', lengthMs: 60_000 },
    });
    expect(completionOf(skippable, untouched).met).toBe(false);
    expect(completionOf(skippable, { ...untouched, watched: [[0, 1000]] }).met).toBe(true);
  });
});

describe('a unit with nothing that counts in it', () => {
  it('does not keep whoever waits for it from 100 %', () => {
    const nodes = [
      unit('extra'),
      lesson('optional', 'extra', { ...onSight, required: false }),
      lesson('end', null, { ...onSight, opens: { kind: 'completed', node: 'extra' } }),
      lesson('start', null, onSight),
    ];
    const curriculum = curriculumOf({ courseId: 'c', version: 1, sequential: false, nodes });
    const { earned, total } = reckon({
      ...{ current: curriculum, versions: [curriculum], cohort: null },
      states: all(curriculum, perfect),
    });
    expect(total).toBeGreaterThan(0);
    expect(percentOf(earned, total)).toBe(100);
  });
});
