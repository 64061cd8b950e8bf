import type { Context } from '../context.ts';
import { findParticipant, findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { callerOrNamed } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { appeal } from './appeal.ts';
import { decide } from './decide.ts';
import {
  type OwnRow,
  ownAnswer,
  type ReviewRow,
  reviewAnswer,
  selectOwnReviews,
  selectReviews,
} from './review-answer.ts';

/** Those that wait come first; each oldest first. */
const rank = `(case when review.state in ('open', 'appealed') then 0 else 1 end)`;

/** Parameters: programme, states, referrer, rank and id after which, how many. */
const queue = (schema: string) => `${selectReviews(schema)}
where ($1::uuid is null or review.program_id = $1) and ($2::text[] is null or review.state = any($2))
  and ($3::uuid is null or review.referrer_id = $3) and ($4::bigint is null or (${rank}, review.id) > ($4, $5::uuid))
order by ${rank}, review.id limit $6`;

const waiting = (schema: string) => `
select count(*) as count from ${schema}.review
where state in ('open', 'appealed') and ($1::uuid is null or program_id = $1) and ($2::uuid is null or referrer_id = $2)`;

const statesOf = (state: string | undefined) =>
  state === undefined ? null : state === 'waiting' ? ['open', 'appealed'] : [state];

/** The review queue for staff, and what participants see of it. */
export function reviews(channel: string): Handlers<'reviews'> {
  return {
    list: async ({ program, state, referrer, limit, cursor }, { database }) => {
      const programId = program === undefined ? null : (await findProgram(database, program)).id;
      const referrerId = referrer === undefined ? null : (await findParticipant(database, referrer)).id;
      const [afterRank, afterId] = cursor === undefined ? [null, null] : readCursor(cursor, ['integer', 'id']);
      const rows = await database.query<ReviewRow>(queue(database.schema), [
        programId,
        statesOf(state),
        referrerId,
        afterRank,
        afterId,
        limit + 1,
      ]);
      const [count] = await database.query<{ count: string }>(waiting(database.schema), [programId, referrerId]);
      const items = rows.slice(0, limit).map(reviewAnswer);
      const last = items.at(-1);
      const lastRank = last && ['open', 'appealed'].includes(last.state) ? 0 : 1;
      return {
        items,
        waiting: Number(count?.count),
        nextCursor: last && rows.length > limit ? writeCursor([lastRank, last.id]) : null,
      };
    },

    get: async ({ review }, { database }) => {
      const [row] = await database.query<ReviewRow>(`${selectReviews(database.schema)} where review.id = $1`, [review]);
      if (!row) throw new LaurelProblem('review_not_found', 'There is no such review.');
      return reviewAnswer(row);
    },

    decide: async (input, context) => decide(input, context, channel),

    mine: async ({ program, participant, limit, cursor }, context) => {
      const { id } = await findProgram(context.database, program);
      const who = await callerOrNamed(context, participant);
      return own(context, who, id, limit, cursor);
    },

    appeal: async (input, context) => appeal(input, context, channel),
  };
}

async function own({ database }: Context, who: string, program: string, limit: number, cursor: string | undefined) {
  const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
  const rows = await database.query<OwnRow>(
    `${selectOwnReviews(database.schema)} and review.program_id = $2 and ($3::uuid is null or review.id < $3)
     order by review.id desc limit $4`,
    [who, program, before, limit + 1],
  );
  const items = rows.slice(0, limit).map(ownAnswer);
  return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
}
