import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { type Audience, audienceOf, audienceValues, isOfAudience } from './audience.ts';
import { addUp, type Bars, barsOf, type Change, eachManieth, runThrough, timesPlayed } from './bars.ts';
import { latestOf } from './funnel.ts';
import { createKept } from './kept.ts';
import { enrolmentsOf, readSlices } from './slices.ts';

type HeatMap = Handlers<'insight'>['heatMap'];
type HeatMapAnswer = Awaited<ReturnType<HeatMap>>;

type ChangeRow = { [Field in keyof Change]: string | number };

/**
 * Of each learner the bars of which they played at least half: those within a stretch from its first to its last, and those
 * at its ends where the pieces come to half. `$3` is the lesson, `$4` the length of the video, `$5` that of a bar. Of a slice
 * (`$6`, `$7`); without the offset the planner may go through the states of all courses.
 */
const countViewers = (schema: string, audience: Audience) => `
with stretch as (
  select enrolment_id, lower(played) as a, upper(played) as b
  from ${enrolmentsOf(schema, audience, '$6', '$7')} enrolment cross join lateral (
      select enrolment_id, watched from ${schema}.lesson_state where enrolment_id = enrolment.id and lesson = $3 offset 0
    ) state, unnest(state.watched * int4multirange(int4range(0, $4::integer))) as played
), inner_bars as (
  select (a + $5::integer - 1) / $5::integer as begun, b / $5::integer as over
  from stretch where (a + $5::integer - 1) / $5::integer < b / $5::integer
), pieces as (
  select enrolment_id, a / $5::integer as bar, least(b, (a / $5::integer + 1) * $5::integer) - a as length
  from stretch where a % $5::integer <> 0
  union all
  select enrolment_id, b / $5::integer, b % $5::integer
  from stretch where b % $5::integer <> 0 and (b / $5::integer > a / $5::integer or a % $5::integer = 0)
), halves as (
  select enrolment_id, bar from pieces group by enrolment_id, bar
  having sum(length) * 2 >= least($5::integer, $4::integer - bar * $5::integer)
)
select bar, sum(step) as step, sum(extra) as extra
from (
  select begun as bar, count(*) as step, 0 as extra from inner_bars group by 1
  union all select over, -count(*), 0 from inner_bars group by 1
  union all select bar, 0, count(*) from halves group by 1
) changes group by bar
union all select -1, count(distinct enrolment_id), 0 from stretch`;

/**
 * Of each bar what was played of it: only where stretches begin and end is needed, in between all are covered. `$6` is one less
 * than the power of two that says which learners are counted.
 */
const countPlays = (schema: string, audience: Audience) => `
with ends as (
  select lower(played) / $5::integer as a, least(upper(played), $4::integer) / $5::integer as b, count(*) as stretches,
    sum(lower(played) % $5::integer) as behind_a, sum(least(upper(played), $4::integer) % $5::integer) as behind_b
  from ${schema}.enrolment
  join ${schema}.progress_event event on event.enrolment_id = enrolment.id and event.lesson = $3
    and event.watched is not null,
    unnest(event.watched) as played
  where ${isOfAudience(audience)} and lower(played) < $4::integer and uuid_hash(enrolment.id) & $6::integer = 0
  group by 1, 2
)
select bar, sum(step) as step, sum(extra) as extra
from (
  select a as bar, stretches as step, -behind_a as extra from ends
  union all select b, -stretches, behind_b from ends
) changes group by bar`;

/** Makes the heat map of a video: what of it is played, and what again. */
export function createHeatMap(curricula: Curricula): HeatMap {
  const kept = createKept<HeatMapAnswer>();
  return async ({ lesson, ...of }, context) => {
    const audience = await audienceOf(of, context);
    const read = () => readHeatMap(context.reads, curricula, audience, lesson);
    if (context.enlisted) return read();
    return kept([...audienceValues(audience), audience.course.version, lesson].join('/'), read);
  };
}

/** @throws LaurelProblem course_not_published, lesson_not_found for what is no video of the latest version */
async function readHeatMap(
  database: Database,
  curricula: Curricula,
  audience: Audience,
  lesson: string,
): Promise<HeatMapAnswer> {
  const { query, schema } = database;
  const video = (await latestOf(database, curricula, audience)).node(lesson)?.video;
  if (!video) throw new LaurelProblem('lesson_not_found', `The course has no video "${lesson}".`);
  const bars = barsOf(video.lengthMs);
  const values = [...audienceValues(audience), lesson, bars.lengthMs, bars.barMs];
  const ofSlices = await readSlices(database, audience, (slice) =>
    query<ChangeRow>(countViewers(schema, audience), [...values, ...slice]),
  );
  const seen = addUp(ofSlices.map(changeOf));
  const viewers = seen.find(({ bar }) => bar === -1)?.step ?? 0;
  const each = eachManieth(viewers);
  const played = (await query<ChangeRow>(countPlays(schema, audience), [...values, each - 1])).map(changeOf);
  return {
    lesson,
    lengthMs: bars.lengthMs,
    viewers,
    barMs: bars.barMs,
    viewersOf: viewersOf(bars, seen),
    playsOf: timesPlayed(
      bars,
      played.map(({ bar, step, extra }) => ({ bar, step: step * each, extra: extra * each })),
    ),
  };
}

const viewersOf = (bars: Bars, seen: readonly Change[]) =>
  runThrough(bars, seen).map(({ covering, extra }) => covering + extra);

const changeOf = ({ bar, step, extra }: ChangeRow): Change => ({
  bar: Number(bar),
  step: Number(step),
  extra: Number(extra),
});
