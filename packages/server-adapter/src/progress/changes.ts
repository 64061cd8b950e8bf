import type { Change } from '../curriculum/finish.ts';
import { grown, stateOf } from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import type { LessonState } from '../curriculum/lesson-state.ts';
import { addUp, isDoneAlone, isEntangled, isMet, type KeptStanding, reckonAnew } from '../curriculum/newly-done.ts';
import { readStandings, readSuspects } from '../curriculum/read-standings.ts';
import type { Database } from '../db/database.ts';
import type { Arrived } from './arrived.ts';
import type { Known } from './known.ts';

/**
 * What is newly done by what arrived, before it is written. Where nothing waits for anything else, the lessons it is of decide
 * alone; otherwise all states of the learner do, and lessons whose rule was met before what they waited for follow at once.
 */
export async function changesOf(
  database: Pick<Database, 'query' | 'schema'>,
  arrived: readonly Arrived[],
  known: Known,
): Promise<Change[]> {
  const alone = new Map<Arrived, string[]>();
  const together = new Map<Arrived, Map<string, LessonState>>();
  for (const each of arrived) {
    const { learner, events } = each;
    const states = statesOf(each, known);
    const open = [...states].filter(([lesson]) => known.lesson(learner.id, lesson)?.done !== true);
    if (isEntangled(learner)) {
      // A better score may open what waits for it, in whatever lesson it was.
      const isScored = events.some(({ kind }) => kind === 'scored');
      if (isScored || open.some(([lesson, state]) => isMet(learner, lesson, state))) together.set(each, states);
    } else {
      const done = open.filter(([lesson, state]) => isDoneAlone(learner, lesson, state)).map(([lesson]) => lesson);
      if (done.length > 0) alone.set(each, inPageOrder(learner, done));
    }
  }
  if (alone.size + together.size === 0) return [];

  const suspects = await readSuspects(
    database,
    [...alone.keys(), ...together.keys()].filter(({ learner }) => learner.suspect).map(({ learner }) => learner.id),
  );
  const suspectsOf = ({ learner, folded }: Arrived) =>
    new Set([
      ...(suspects.get(learner.id) ?? []),
      ...[...folded].filter(([, { suspect }]) => suspect).map(([lesson]) => lesson),
    ]);
  const standings = await readStandings(
    database,
    [...together.keys()].map(({ learner }) => learner.id),
  );
  return [
    ...[...alone].map(([each, lessons]) =>
      addUp(each.learner, lessons, known.units(each.learner.id), suspectsOf(each)),
    ),
    ...[...together].flatMap(([each, states]) => {
      const kept = standings.get(each.learner.id) as KeptStanding;
      const standing = { ...kept, states: new Map([...kept.states, ...states]) };
      const change = reckonAnew(each.learner, standing, suspectsOf(each));
      return change.lessons.length + change.units.length > 0 ? [change] : [];
    }),
  ];
}

/** The states of lessons with what arrived. */
function statesOf({ learner, folded }: Arrived, known: Known): Map<string, LessonState> {
  return new Map(
    [...folded].map(([lesson, more]) => {
      const kept = known.lesson(learner.id, lesson);
      return [lesson, kept ? grown(kept.state, kept.spent, more) : stateOf(more)];
    }),
  );
}

const inPageOrder = ({ current }: Learner, lessons: readonly string[]): string[] => {
  if (lessons.length < 2) return [...lessons];
  const place = new Map(current.lessons.map(({ id }, index) => [id, index]));
  return [...lessons].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
};
