import type { CourseRow } from '../curriculum/find-course.ts';
import type { Handlers } from '../handlers.ts';
import { isHost } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { courseAnswer } from './answer.ts';
import { configurationNames, languageOf, languages, searchable } from './languages.ts';

type Found = CourseRow & { place: string | number };

const columns = `course.id, course.slug, course.name, course.description, course.language, tags, image_url,
  course.time_zone, drip_zone, sequential, course.starts_at, course.ends_at, access, price_minor, currency, seats, seats_taken,
  waiting_list, listed, program_id, course.state, version, lessons, minutes, course.created_at, course.updated_at,
  program.slug as program`;

/** Parameters: a tag or null, where the page before ended (place and id) or null, how many. */
const conditions = (forHost: boolean) => `
  ($1::text is null or $1 = any(tags)) ${forHost ? '' : "and listed and course.state = 'published'"}`;

const newestSql = (schema: string, forHost: boolean) => `
select ${columns}, (extract(epoch from course.created_at) * 1000000)::bigint as place
from ${schema}.course left join ${schema}.program on program.id = program_id
where ${conditions(forHost)}
  and ($2::bigint is null
    or (course.created_at, course.id) < (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3::uuid))
order by course.created_at desc, course.id desc limit $4`;

/** Each course is asked in its own language: words are brought to their stems differently. */
const bestSql = (schema: string, forHost: boolean) => `
with wanted as materialized (
  select language, websearch_to_tsquery(configuration, $5) as query from (${searchable('$6', '$7')}) searchable
),
found as (
  select ${columns}, round(1000000 * ts_rank(search, query))::bigint as place
  from wanted join ${schema}.course on search @@ query and wanted.language is not distinct from (
    select each.language from wanted each where each.language = ${languageOf('course.language')})
  left join ${schema}.program on program.id = program_id
  where ${conditions(forHost)}
)
select * from found where $2::bigint is null or (place, id) < ($2::bigint, $3::uuid)
order by place desc, id desc limit $4`;

/** Courses to choose from: for the host all of them, for everybody else those that are published and listed. */
export const catalogue: Handlers<'courses'>['list'] = async ({ limit, cursor, q, tag }, { reads, caller }) => {
  const [place, id] = cursor === undefined ? [null, null] : readCursor(cursor, ['integer', 'id']);
  const page = [tag ?? null, place, id, limit + 1];
  const forHost = isHost(caller);
  const found =
    q === undefined
      ? await reads.query<Found>(newestSql(reads.schema, forHost), page)
      : await reads.query<Found>(bestSql(reads.schema, forHost), [...page, q, languages, configurationNames]);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(courseAnswer),
    nextCursor: last && found.length > limit ? writeCursor([Number(last.place), last.id]) : null,
  };
};
