import type { Context } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Audience, audienceOf, audienceValues, isOfAudience } from './audience.ts';
import { percentSql } from './percent.ts';

type Learners = Handlers<'insight'>['learners'];
type Sort = Parameters<Learners>[0]['sort'];

interface LearnerRow {
  id: string;
  participant_id: string;
  external_id: string;
  display_name: string | null;
  cohort: string | null;
  version: number;
  percent: number;
  last_lesson: string | null;
  last_active_at: Date | null;
  enrolled_at: Date;
  completed_at: Date | null;
  suspect: boolean;
  /** Where the row stands: microseconds since 1970, or percent. */
  place: string | number;
}

/** As the index `enrolment_active` has it: those who never began are the last. */
const activeAt = "coalesce(enrolment.last_active_at, timestamptz 'epoch')";
const nameOf = 'lower(coalesce(participant.display_name, participant.external_id))';

const orders: Record<Sort, { place: string; by: string; after: (schema: string) => string }> = {
  active: {
    place: `(extract(epoch from ${activeAt}) * 1000000)::bigint`,
    by: `${activeAt} desc, enrolment.id desc`,
    after: () =>
      `and (${activeAt}, enrolment.id) < (timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5::uuid)`,
  },
  percent: {
    place: percentSql('enrolment'),
    by: `${percentSql('enrolment')} desc, enrolment.id desc`,
    after: () => `and (${percentSql('enrolment')}, enrolment.id) < ($4::bigint, $5::uuid)`,
  },
  name: {
    place: '0',
    by: `${nameOf}, enrolment.id`,
    after: (schema) => `and $4::bigint is not null and (${nameOf}, enrolment.id) > (
      select lower(coalesce(display_name, external_id)), $5::uuid from ${schema}.participant
      where id = (select participant_id from ${schema}.enrolment where id = $5))`,
  },
};

const joinPeople = (schema: string) => `join ${schema}.participant on participant.id = enrolment.participant_id`;

const isFound = `and (strpos(lower(participant.display_name), lower($3)) > 0
    or strpos(lower(participant.external_id), lower($3)) > 0)`;

/** The rows of the page first, and who they are after: people are looked at only where that decides. The limit comes last. */
const selectLearners = (schema: string, audience: Audience, { sort, q, after }: Page) => `
with page as (
  select enrolment.*, ${orders[sort].place} as place
  from ${schema}.enrolment ${q !== null || sort === 'name' ? joinPeople(schema) : ''}
  where ${isOfAudience(audience)} ${q === null ? 'and $3::text is null' : isFound} ${after ? orders[sort].after(schema) : ''}
  order by ${orders[sort].by}
  limit ${after ? '$6' : '$4'}
)
select enrolment.id, enrolment.participant_id, participant.external_id, participant.display_name,
  course_cohort.slug as cohort, enrolment.version, ${percentSql('enrolment')} as percent, enrolment.last_lesson,
  enrolment.last_active_at, enrolment.enrolled_at, enrolment.completed_at, enrolment.suspect, enrolment.place
from page enrolment ${joinPeople(schema)}
left join ${schema}.course_cohort on course_cohort.id = enrolment.cohort_id
order by ${orders[sort].by}`;

/** What of all learners is wanted. */
interface Page {
  sort: Sort;
  q: string | null;
  /** Where it goes on. */
  after: readonly [place: number, id: string] | null;
}

/** Who is where: a page of learners. */
export async function learners(
  { sort, q, limit, cursor, ...of }: Parameters<Learners>[0],
  context: Context,
): ReturnType<Learners> {
  const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'id']);
  const audience = await audienceOf(of, context);
  const { query, schema } = context.database;
  const page = { sort, q: q ?? null, after };
  const values = [...audienceValues(audience), page.q, ...(after ?? []), limit + 1];
  const rows = await query<LearnerRow>(selectLearners(schema, audience, page), values);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(learnerOf),
    nextCursor: rows.length > limit && last ? writeCursor([Number(last.place), last.id]) : null,
  };
}

const learnerOf = (row: LearnerRow) => ({
  enrolment: row.id,
  participant: row.participant_id,
  externalId: row.external_id,
  name: row.display_name,
  cohort: row.cohort,
  version: row.version,
  percent: row.percent,
  lesson: row.last_lesson,
  lastActiveAt: row.last_active_at?.toISOString() ?? null,
  enrolledAt: row.enrolled_at.toISOString(),
  completedAt: row.completed_at?.toISOString() ?? null,
  suspect: row.suspect,
});
