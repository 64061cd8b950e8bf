import { hint } from '../bus.ts';
import type { Database } from '../db/database.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import { changeMessage } from './change-message.ts';
import { type Change, finish } from './finish.ts';
import { type Curricula, createCurricula } from './kept-curricula.ts';
import { type Learner, lockLearners } from './learner.ts';
import { readLearners } from './learner-states.ts';
import { type KeptStanding, reckonAnew } from './newly-done.ts';
import { readSuspects } from './read-standings.ts';

/** What becomes of enrolments. */
export interface Repinning {
  /** Ids. */
  enrolments: readonly string[];
  /** The version they go by from now on; theirs unless told. */
  version?: number;
  /** The cohort they are in from now on, `null` for none; theirs unless told. */
  cohortId?: string | null;
  actor: string;
  reason: string | null;
  /** `null`: the database's clock. */
  now: Date | null;
  channel: string;
  /** The house's memory of versions; they are read anew without it. */
  curricula?: Curricula;
}

/**
 * Parameters: arrays (id, version, cohort, former version), then actor, reason, instant. Who never learnt in the course is
 * pinned to nothing yet.
 */
const moveStatement = (schema: string) => `
with moved as (
  update ${schema}.enrolment set version = each.version, cohort_id = each.cohort_id, seq = seq + 1, updated_at = $7::timestamptz,
    versions = case when cardinality(versions) = 0 or each.version = any (versions) then versions else versions || each.version end
  from unnest((select $1::uuid[]), (select $2::int[]), (select $3::uuid[])) each(id, version, cohort_id)
  where enrolment.id = each.id
  returning enrolment.id, state, enrolment.version, enrolment.cohort_id
)
insert into ${schema}.enrolment_step (enrolment_id, from_state, to_state, from_version, to_version, cohort_id, actor, reason, created_at)
select moved.id, state, state, former.version, moved.version, moved.cohort_id, $5, $6, $7::timestamptz
from moved join unnest((select $1::uuid[]), (select $4::int[])) former(id, version) on former.id = moved.id
order by moved.id`;

/**
 * Moves enrolments to another version or cohort, in the caller's transaction, and reckons how far they are anew from the states
 * of their lessons. What was done stays done, and so does the day on which the course was completed.
 */
export async function repin(database: Database, repinning: Repinning): Promise<void> {
  const { enrolments, actor, reason, channel, curricula = createCurricula() } = repinning;
  const learners = [...(await lockLearners(database, curricula, enrolments)).values()];
  if (learners.length === 0) return;
  const at = await instantOf(database, repinning.now);
  const cohort = await cohortOf(database, repinning.cohortId);
  const moved: Learner[] = [];
  for (const learner of learners) moved.push(await movedTo(learner, repinning, cohort, curricula, database));

  await database.query(moveStatement(database.schema), [
    moved.map(({ id }) => id),
    moved.map(({ current }) => current.version),
    moved.map(({ cohortId }) => cohortId),
    learners.map(({ current }) => current.version),
    actor,
    reason,
    at,
  ]);
  await emitAll(
    database,
    learners.flatMap((learner, index) => movedEvent(learner, moved[index] as Learner)),
  );
  const begun = moved.filter(({ pinned }) => pinned.length > 0);
  const changes = await changesOf(database, begun);
  const message = { ...changeMessage(moved), outbox: true as const, intake: true as const };
  if (changes.length > 0) await finish(database, changes, { at, channel, message });
  else await hint(database, channel, message);
}

/** Kept with milliseconds, as instants of events are. */
async function instantOf({ query }: Database, now: Date | null): Promise<Date> {
  const [row] = await query<{ at: Date }>(`select date_trunc('milliseconds', coalesce($1::timestamptz, now())) as at`, [
    now,
  ]);
  return row?.at ?? new Date();
}

async function cohortOf({ query, schema }: Database, id: string | null | undefined): Promise<string | null> {
  if (id === undefined || id === null) return null;
  const [row] = await query<{ slug: string }>(`select slug from ${schema}.course_cohort where id = $1`, [id]);
  return row?.slug ?? null;
}

async function movedTo(
  learner: Learner,
  { version, cohortId }: Repinning,
  cohort: string | null,
  curricula: Curricula,
  database: Database,
): Promise<Learner> {
  const current = version === undefined ? learner.current : await curricula.of(database, learner.courseId, version);
  return {
    ...learner,
    current,
    pinned:
      learner.pinned.length === 0 || learner.pinned.includes(current) ? learner.pinned : [...learner.pinned, current],
    ...(cohortId !== undefined && { cohortId, cohort }),
  };
}

function movedEvent({ id, courseId, participantId, current: from }: Learner, { current: to }: Learner): WrittenEvent[] {
  if (from.version === to.version) return [];
  return [
    [
      'enrolment.moved',
      { enrolment: id, course: courseId, participant: participantId, from: from.version, to: to.version },
    ],
  ];
}

async function changesOf(database: Database, learners: readonly Learner[]): Promise<Change[]> {
  const ids = learners.map(({ id }) => id);
  if (ids.length === 0) return [];
  const standings = new Map((await readLearners(database, ids)).map((each) => [each.id, each]));
  const suspects = await readSuspects(
    database,
    learners.filter(({ suspect }) => suspect).map(({ id }) => id),
  );
  return learners.map((learner) => {
    const standing = standings.get(learner.id) as KeptStanding;
    // What a version counted as done was not done: it earns nothing in contests either.
    const credited = [...standing.states].filter(([, { credited: is }]) => is).map(([lesson]) => lesson);
    const change = reckonAnew(learner, standing, new Set([...(suspects.get(learner.id) ?? []), ...credited]));
    return { ...change, units: [...change.units, ...goneUnits(learner, standing)] };
  });
}

/** Units that the version does not have: nothing is earned in them any more. */
const goneUnits = ({ current }: Learner, { units }: KeptStanding) =>
  [...units]
    .filter(([unit, { earned }]) => earned > 0 && current.node(unit)?.type !== 'unit')
    .map(([unit]) => ({ unit, earned: 0, done: false }));
