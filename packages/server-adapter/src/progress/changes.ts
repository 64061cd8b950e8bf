import type { Change } from '../curriculum/finish.ts';
import { grown, stateOf } from '../curriculum/fold.ts';
import type { LessonState } from '../curriculum/lesson-state.ts';
import {
  type Arriving,
  addUp,
  askedFor,
  type KeptStanding,
  newlyDone,
  nothingAround,
  reckonAnew,
} from '../curriculum/newly-done.ts';
import { readAround } from '../curriculum/read-around.ts';
import { readStandings, readSuspects } from '../curriculum/read-standings.ts';
import { isEntangled } from '../curriculum/waiting.ts';
import type { Database } from '../db/database.ts';
import type { Arrived } from './arrived.ts';
import type { Known } from './known.ts';

/**
 * What is newly done by what arrived, before it is written. The lessons it is of decide with what they wait for and what waits
 * for them. Only where others follow them, whose rule was met before, do all states of the learner.
 */
export async function changesOf(
  database: Pick<Database, 'query' | 'schema'>,
  arrived: readonly Arrived[],
  known: Known,
): Promise<Change[]> {
  const alone = new Map<Arrived, string[]>();
  const together = new Map<Arrived, ReadonlyMap<string, LessonState>>();
  const arriving = arrived.map((each) => [each, arrivingOf(each, known)] as const);
  const around = await readAround(
    database,
    new Map(
      arriving
        .filter(([, { learner }]) => isEntangled(learner))
        .map(([, each]) => [each.learner.id, askedFor(each)] as const),
    ),
  );
  for (const [each, of] of arriving) {
    const lessons = newlyDone(of, around.get(of.learner.id) ?? nothingAround);
    if (lessons === null) together.set(each, of.states);
    else if (lessons.length > 0) alone.set(each, lessons);
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

function arrivingOf({ learner, folded, events }: Arrived, known: Known): Arriving {
  return {
    learner,
    states: statesOf({ learner, folded }, known),
    scored: [...new Set(events.filter(({ kind }) => kind === 'scored').map(({ lesson }) => lesson))],
    done: new Set([...folded.keys()].filter((lesson) => known.lesson(learner.id, lesson)?.done === true)),
    units: known.units(learner.id),
  };
}

/** The states of lessons with what arrived. */
function statesOf({ learner, folded }: Pick<Arrived, 'learner' | 'folded'>, known: Known): Map<string, LessonState> {
  return new Map(
    [...folded].map(([lesson, more]) => {
      const kept = known.lesson(learner.id, lesson);
      return [lesson, kept ? grown(kept.state, kept.spent, more) : stateOf(more)];
    }),
  );
}
