import { answerInTime } from '../answer-in-time.ts';
import { hint } from '../bus.ts';
import { databaseOn, quoteSchema } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import { emit } from '../events.ts';
import type { FulfilReward, RewardToFulfil } from '../host-functions.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { untilNothingIsLeft } from '../until-nothing-is-left.ts';
import { holdReward } from './account.ts';
import { fulfilReward } from './fulfil.ts';

const atOnce = 4;
const leaseSeconds = 90;
/** Shorter than the lease: nobody else hands it out while the host's function may still answer in time. */
const patienceMilliseconds = 60_000;

/** The reward to hand out next, nobody else's for a while. */
const takeStatement = (schema: string) => `
with taken as (
  update ${schema}.reward set leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
  where id in (
    select id from ${schema}.reward where state = 'approved' and kind in ('coupon', 'item') and leased_until <= now()
    order by leased_until limit 1 for update skip locked
  )
  returning *
)
select taken.id, program.slug as program, rule.slug as rule, taken.participant_id as participant,
  participant.external_id as "externalId", taken.kind, taken.item, taken.attempts
from taken
join ${schema}.program on program.id = taken.program_id
join ${schema}.reward_rule rule on rule.id = taken.rule_id
join ${schema}.participant on participant.id = taken.participant_id`;

/** Parameters: reward, seconds. */
const postponeStatement = (schema: string) =>
  `update ${schema}.reward set leased_until = now() + make_interval(secs => $2) where id = $1 and state = 'approved'`;

/** Parameters: reward, code or null. What was handed out although it was taken back is gone, and its share with it. */
const lateStatement = (schema: string) =>
  `update ${schema}.reward set code = coalesce(code, $2), supplied = supplied and state = 'held' where id = $1`;

/** Has the host hand out what is approved. */
export interface Fulfilment {
  run(): Promise<void>;
}

/** What the fulfilment needs of the house. */
export interface FulfilmentServices {
  storage: Storage;
  schema: string;
  channel: string;
  fulfil: FulfilReward;
  /** Milliseconds that handing out one may take. */
  patience?: number;
  onFailure(error: unknown): void;
}

/** Makes the fulfilment: each reward at least once under its id, tried again later and later, noted exactly once. */
export function createFulfilment({
  storage,
  schema: schemaName,
  channel,
  fulfil,
  patience = patienceMilliseconds,
  onFailure,
}: FulfilmentServices): Fulfilment {
  const schema = quoteSchema(schemaName);

  const note = (id: string, code: string | null) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const reward = await holdReward(database, id);
      const done = await fulfilReward(database, reward, { code, actor: 'system', reason: 'handed out' });
      if (!done) {
        if (reward.state === 'fulfilled') return;
        await database.query(lateStatement(schema), [id, code]);
        onFailure(new Error(`The reward ${id} was handed out after it had become ${reward.state}.`));
        return;
      }
      await emit(database, 'reward.fulfilled', done);
      await hint(database, channel, { outbox: true });
    });

  const handOut = async ({ attempts, ...reward }: RewardToFulfil & { attempts: number }) => {
    try {
      const code = (await answerInTime(patience, () => fulfil(reward)))?.code ?? null;
      if (code !== null && !isCode(code)) throw new Error('The code must be well-formed text of 1 to 200 characters.');
      await note(reward.id, code);
    } catch (error) {
      onFailure(error);
      await storage.query(postponeStatement(schema), [reward.id, Math.min(2 ** attempts, 3600)]);
    }
  };

  return {
    run: oneAtATime(() =>
      untilNothingIsLeft(atOnce, async () => {
        const [taken] = await storage.query<RewardToFulfil & { attempts: number }>(takeStatement(schema));
        if (taken) await handOut(taken);
        return taken !== undefined;
      }),
    ),
  };
}

const isCode = (code: unknown) =>
  typeof code === 'string' && code.length >= 1 && code.length <= 200 && code.isWellFormed() && !code.includes('\u0000');
