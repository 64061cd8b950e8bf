import type { Database } from '../db/database.ts';
import { type Audience, audienceValues, isOfAudience } from './audience.ts';

const mostAtOnce = 16_384;

/** `$3`: how many are in each but the last. */
const selectSlices = (schema: string, audience: Audience) => `
select id as first, lead(id) over (order by id) as next
from (
  select enrolment.id, row_number() over (order by enrolment.id) as number
  from ${schema}.enrolment where ${isOfAudience(audience)}
) numbered
where (number - 1) % $3::integer = 0 order by id`;

/** A stretch of enrolments by their ids: from the first up to, not with, the first of the next; `null` for the last. */
export type Slice = readonly [first: string, next: string | null];

/**
 * SQL: the enrolments of a slice of the audience, in the order of their ids, which is that of the keys of what belongs to them:
 * so each page of those is read once.
 * @param first - the parameter for the first of the slice, as `next`
 */
export const enrolmentsOf = (schema: string, audience: Audience, first: string, next: string) => `(
    select * from ${schema}.enrolment
    where ${isOfAudience(audience)} and id >= ${first}::uuid and (${next}::uuid is null or id < ${next}::uuid) order by id
  )`;

/**
 * Reads something of an audience slice by slice: so no statement takes longer however many learners there are. Each learner
 * is in one slice, as long as they are there.
 */
export async function readSlices<Row>(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  audience: Audience,
  read: (slice: Slice) => Promise<readonly Row[]>,
  most = mostAtOnce,
): Promise<Row[]> {
  const slices = await query<{ first: string; next: string | null }>(selectSlices(schema, audience), [
    ...audienceValues(audience),
    most,
  ]);
  const rows: Row[] = [];
  for (const { first, next } of slices) rows.push(...(await read([first, next])));
  return rows;
}
