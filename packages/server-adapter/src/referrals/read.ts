import type { ReferralDetail } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { findParticipant, findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';

type Detail = z.output<typeof ReferralDetail>;
type Stored = Omit<Detail, 'createdAt' | 'history'> & {
  createdAt: Date;
  history: (Omit<Detail['history'][number], 'at'> & { at: string })[];
};

/** Parameters: id or null, programme, referrer, referee, state, id before which, how many. */
const statement = (schema: string) => `
select referral.id, program.slug as program, referral.state, referral.attributed_by as "attributedBy",
  referral.created_at as "createdAt", referral.referrer_id as referrer, referral.referee_id as referee, referral.channel,
  (select coalesce(jsonb_agg(jsonb_build_object('from', from_state, 'to', to_state, 'actor', actor, 'reason', reason, 'at', created_at)
    order by id), '[]') from ${schema}.referral_transition where referral_id = referral.id) as history
from ${schema}.referral join ${schema}.program on program.id = referral.program_id
where ($1::uuid is null or referral.id = $1) and ($2::uuid is null or referral.program_id = $2)
  and ($3::uuid is null or referral.referrer_id = $3) and ($4::uuid is null or referral.referee_id = $4)
  and ($5::text is null or referral.state = $5) and ($6::uuid is null or referral.id < $6)
order by referral.id desc limit $7`;

const answer = ({ createdAt, history, ...rest }: Stored): Detail => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  history: history.map(({ at, ...each }) => ({ ...each, at: new Date(at).toISOString() })),
});

/** Referrals with everything that happened to them. */
export const readReferrals: Pick<Handlers<'referrals'>, 'list' | 'get'> = {
  list: async ({ program, referrer, referee, state, limit, cursor }, { reads, database }) => {
    const person = async (name: string | undefined) =>
      name === undefined ? null : (await findParticipant(database, name)).id;
    const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
    const values = [
      null,
      program === undefined ? null : (await findProgram(database, program)).id,
      await person(referrer),
      await person(referee),
      state ?? null,
      before,
      limit + 1,
    ];
    const rows = await reads.query<Stored>(statement(reads.schema), values);
    const items = rows.slice(0, limit).map(answer);
    return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
  },

  get: async ({ referral }, { reads }) => {
    const [row] = await reads.query<Stored>(statement(reads.schema), [referral, null, null, null, null, null, 1]);
    if (!row) throw new LaurelProblem('referral_not_found', 'There is no such referral.');
    return answer(row);
  },
};
