/** SQL: whether the contest `contest` was paused at an instant (SQL): its last step up to then says so. */
export const wasPaused = (schema: string, at: string) => `coalesce((
  select step.to_state = 'paused' from ${schema}.contest_step step
  where step.contest_id = contest.id and step.created_at <= ${at} order by step.id desc limit 1
), false)`;

/** A pause in milliseconds since 1970: its first instant, and the first after it (`null`: it goes on). */
export type Pause = readonly [from: number, until: number | null];

const milliseconds = (instant: string) => `floor(extract(epoch from ${instant}) * 1000)`;

/** SQL: the pauses of the contest `contest` as JSON, each a `Pause`. */
export const pausesOf = (schema: string) => `coalesce((
  select jsonb_agg(jsonb_build_array(${milliseconds('began')}, ${milliseconds('ended')}) order by began) from (
    select to_state, from_state, created_at as began,
      lead(created_at) over (order by id) as ended
    from ${schema}.contest_step
    where contest_id = contest.id and 'paused' in (from_state, to_state) and from_state is distinct from to_state
  ) turn where to_state = 'paused'
), '[]')`;
