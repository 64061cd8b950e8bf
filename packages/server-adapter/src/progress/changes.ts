import { isTimed, ruleOf } from '../curriculum/completion.ts';
import type { Change } from '../curriculum/finish.ts';
import type { Learner } from '../curriculum/learner.ts';
import { addUp, isDoneAlone, isEntangled, isMet, reckonAnew } from '../curriculum/newly-done.ts';
import { readSpent, readStandings, readSuspects, readUnits } from '../curriculum/read-standings.ts';
import type { Database } from '../db/database.ts';
import type { Arrived, Stored } from './store.ts';

/**
 * What is newly done by what was just kept. Where nothing waits for anything else, what changed decides alone; otherwise all
 * states of the learner do, and lessons whose rule was met before what they waited for follow at once.
 * @param states - of the lessons that changed and are not done yet
 */
export async function changesOf(
  database: Pick<Database, 'query' | 'schema'>,
  learners: ReadonlyMap<string, Learner>,
  kept: readonly Arrived[],
  states: NonNullable<Stored['states']>,
): Promise<Change[]> {
  await addSpent(database, learners, states);
  const alone = new Map<string, string[]>();
  const together = new Set<string>();
  for (const { enrolmentId, lesson, state } of states) {
    const learner = learners.get(enrolmentId) as Learner;
    if (isEntangled(learner)) {
      if (isMet(learner, lesson, state)) together.add(enrolmentId);
    } else if (isDoneAlone(learner, lesson, state)) {
      alone.set(enrolmentId, [...(alone.get(enrolmentId) ?? []), lesson]);
    }
  }
  // A better score may open what waits for it, in whatever lesson it was.
  for (const { enrolmentId, events } of kept) {
    const isScored = events.some(({ kind }) => kind === 'scored');
    if (isScored && isEntangled(learners.get(enrolmentId) as Learner)) together.add(enrolmentId);
  }
  if (alone.size + together.size === 0) return [];

  const flagged = new Set([
    ...kept.filter(({ folded }) => [...folded.values()].some(({ suspect }) => suspect)).map((each) => each.enrolmentId),
    ...[...learners.values()].filter(({ suspect }) => suspect).map(({ id }) => id),
  ]);
  const suspects = await readSuspects(
    database,
    [...alone.keys(), ...together].filter((id) => flagged.has(id)),
  );
  const suspectsOf = (id: string) => suspects.get(id) ?? new Set<string>();

  const above = [...alone].flatMap(([id, lessons]) => {
    const { current } = learners.get(id) as Learner;
    const units = new Set(lessons.flatMap((lesson) => current.unitsOf(lesson).map((unit) => unit.id)));
    return [...units].map((unit) => [id, unit] as const);
  });
  const units = await readUnits(database, above);
  const standings = together.size > 0 ? await readStandings(database, [...together]) : new Map();
  return [
    ...[...alone].map(([id, lessons]) =>
      addUp(
        learners.get(id) as Learner,
        inPageOrder(learners.get(id) as Learner, lessons),
        units.get(id) ?? new Map(),
        suspectsOf(id),
      ),
    ),
    ...[...together].flatMap((id) => {
      const change = reckonAnew(learners.get(id) as Learner, standings.get(id), suspectsOf(id));
      return change.lessons.length + change.units.length > 0 ? [change] : [];
    }),
  ];
}

/** Reads the time spent for those lessons whose rules go by it: it takes long, and few do. */
async function addSpent(
  database: Pick<Database, 'query' | 'schema'>,
  learners: ReadonlyMap<string, Learner>,
  states: NonNullable<Stored['states']>,
): Promise<void> {
  const timed = states.filter(({ enrolmentId, lesson }) =>
    (learners.get(enrolmentId) as Learner).pinned.some((version) => {
      const node = version.node(lesson);
      return node !== undefined && isTimed(ruleOf(node));
    }),
  );
  if (timed.length === 0) return;
  const rows = await readSpent(database, timed);
  const spent = new Map(rows.map((row) => [`${row.id} ${row.lesson}`, row.spent]));
  for (const each of timed) {
    each.state = { ...each.state, spentMs: Math.round(spent.get(`${each.enrolmentId} ${each.lesson}`) ?? 0) };
  }
}

const inPageOrder = ({ current }: Learner, lessons: readonly string[]): string[] => {
  if (lessons.length < 2) return [...lessons];
  const place = new Map(current.lessons.map(({ id }, index) => [id, index]));
  return [...lessons].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
};
