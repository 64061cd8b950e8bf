import { instantOf } from '../clock.ts';
import type { Context } from '../context.ts';
import { findParticipant, findProgram } from '../db/references.ts';
import { emitAll } from '../events.ts';
import type { Handlers } from '../handlers.ts';
import { keepFromPayouts } from '../hold-payouts.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { holdReward } from './account.ts';
import { type RewardRead, rewardAnswer, selectRewards } from './answer.ts';
import { cancelReward } from './cancel.ts';
import { fulfilReward } from './fulfil.ts';
import { wallet } from './wallet.ts';

/** Rewards: what was earned, and what the host does about it by hand. */
export function rewards(channel: string): Handlers<'rewards'> {
  return {
    list: async ({ program, participant, state, limit, cursor }, { reads, database }) => {
      const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
      const values = [
        program === undefined ? null : (await findProgram(database, program)).id,
        participant === undefined ? null : (await findParticipant(database, participant)).id,
        state ?? null,
        before,
        limit + 1,
      ];
      const rows = await reads.query<RewardRead>(
        `${selectRewards(reads.schema)}
         where ($1::uuid is null or reward.program_id = $1) and ($2::uuid is null or reward.participant_id = $2)
           and ($3::text is null or reward.state = $3) and ($4::uuid is null or reward.id < $4)
         order by reward.id desc limit $5`,
        values,
      );
      const items = rows.slice(0, limit).map(rewardAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ reward }, { database }) => rewardAnswer(await readReward(database, reward)),

    cancel: async ({ reward: id, reason }, context) =>
      context.transaction(async ({ database }) => {
        await keepFromPayouts(database, (await readReward(database, id)).program_id);
        const reward = await holdReward(database, id);
        const cancellation = { reason, actor: actorOf(context), now: context.now };
        await emitAll(database, await cancelReward(database, reward, cancellation, channel));
        return rewardAnswer(await readReward(database, id));
      }),

    fulfil: async ({ reward: id, code, note }, context) =>
      context.transaction(async ({ database, emit }) => {
        const reward = await holdReward(database, id);
        if (reward.state !== 'fulfilled' || (code !== undefined && code !== reward.code)) {
          const what = { code: code ?? null, reason: note ?? 'handed out', actor: actorOf(context) };
          const done = await fulfilReward(database, reward, what, instantOf(context));
          if (!done) {
            throw new LaurelProblem(
              'reward_state_conflict',
              'Only an approved coupon or item can be handed out, once.',
            );
          }
          await emit('reward.fulfilled', done);
        }
        return rewardAnswer(await readReward(database, id));
      }),

    wallet,
  };
}

const actorOf = ({ caller }: Context) => (caller.kind === 'secret' ? `secret:${caller.key}` : caller.kind);

async function readReward({ query, schema }: Context['database'], id: string): Promise<RewardRead> {
  const [row] = await query<RewardRead>(`${selectRewards(schema)} where reward.id = $1`, [id]);
  if (!row) throw new LaurelProblem('reward_not_found', 'There is no such reward.');
  return row;
}
