import { randomUUID } from 'node:crypto';
import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';
import { sql } from './support.ts';

const program = 'friends';

/** Requests for each operation of rules, rewards and payouts after `seed`, on rewards of `ada` made for them. */
export async function rewardSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  const { api } = laurel;
  const definition = { to: 'referrer', on: 'qualified', value: { kind: 'coupon', coupon: 'thanks' } } as const;
  const { id: rule } = await api.rewardRules.create({ program, slug: 'thanks', name: 'Thanks', definition });

  /** An approved reward: money of a currency, or a coupon. */
  const approved = async (currency: string | null) => {
    const id = randomUUID();
    await sql(
      laurel,
      `insert into $schema.reward (id, program_id, rule_id, rule_version, participant_id, side, cause, kind, full_minor, minor,
         currency, item, state, earned_at)
       select $1::uuid, rule.program_id, rule.id, 1, participant.id, 'referrer', 'sample:' || $1::uuid, case when $3::text is null then 'coupon' else 'money' end,
         case when $3::text is not null then 500 end, case when $3::text is null then 0 else 500 end, $3::text, 'thanks', 'approved', now()
       from $schema.reward_rule rule, $schema.participant where rule.id = $2 and participant.external_id = 'ada'`,
      [id, rule, currency],
    );
    if (currency === null) return id;
    await sql(
      laurel,
      `insert into $schema.reward_entry (program_id, participant_id, reward_id, number, minor, currency, reason)
       select program_id, participant_id, id, 1, minor, currency, 'sample' from $schema.reward where id = $1`,
      [id],
    );
    return id;
  };
  const draft = async (currency: string) => {
    await approved(currency);
    return (await api.payouts.createBatch({ program, currency })).id;
  };
  const payoutOf = async (currency: string) => {
    const batch = await draft(currency);
    await api.payouts.approveBatch({ batch });
    return { batch, payout: (await api.payouts.list({ batch })).items[0]?.id ?? '' };
  };

  const [reward, coupon] = [await approved('EUR'), await approved(null)];
  await approved('JPY');
  const [toApprove, toCancel] = [await draft('USD'), await draft('GBP')];
  const [toPay, toFail, toRetry] = [await payoutOf('CHF'), await payoutOf('SEK'), await payoutOf('NOK')];
  await api.payouts.markFailed({ payout: toRetry.payout, error: 'sample' });
  return {
    'rewardRules.create': { path: '/programs/friends/reward-rules', body: { slug: 'new', name: 'New', definition } },
    'rewardRules.list': { path: '/programs/friends/reward-rules' },
    'rewardRules.get': { path: `/reward-rules/${rule}` },
    'rewardRules.update': { path: `/reward-rules/${rule}`, body: { name: 'Thanks again' } },
    'rewards.list': { path: '/rewards?participant=ada' },
    'rewards.get': { path: `/rewards/${reward}` },
    'rewards.cancel': { path: `/rewards/${reward}/cancel`, body: { reason: 'by mistake' } },
    'rewards.fulfil': { path: `/rewards/${coupon}/fulfil`, body: { code: 'THANKS' } },
    'rewards.wallet': { path: '/programs/friends/wallet?participant=ada' },
    'payouts.createBatch': { path: '/programs/friends/payout-batches', body: { currency: 'JPY' } },
    'payouts.listBatches': { path: '/programs/friends/payout-batches' },
    'payouts.getBatch': { path: `/payout-batches/${toPay.batch}` },
    'payouts.approveBatch': { path: `/payout-batches/${toApprove}/approve` },
    'payouts.cancelBatch': { path: `/payout-batches/${toCancel}/cancel` },
    'payouts.list': { path: `/payout-batches/${toPay.batch}/payouts` },
    'payouts.csv': { path: `/payout-batches/${toPay.batch}/csv` },
    'payouts.markPaid': { path: `/payouts/${toPay.payout}/paid`, body: { reference: 'SEPA' } },
    'payouts.markFailed': { path: `/payouts/${toFail.payout}/failed`, body: { error: 'no account' } },
    'payouts.retry': { path: `/payouts/${toRetry.payout}/retry` },
  };
}

/** Real values by field name for whoever makes requests up: rules, rewards and payouts there are, enough of them. */
export async function rewardWorld(laurel: TestLaurel): Promise<Record<string, readonly unknown[]>> {
  const samples = await rewardSamples(laurel);
  await sql(
    laurel,
    `insert into $schema.reward (id, program_id, rule_id, rule_version, participant_id, side, cause, kind, item, state, earned_at)
     select gen_random_uuid(), program_id, rule_id, 1, participant_id, side, cause || n, kind, item, state, earned_at
     from $schema.reward, generate_series(1, 30) n where kind = 'coupon'`,
  );
  // What one request moves on is gone for the others: enough payouts of each kind, each in a batch of its own.
  for (const [batch, payout] of [
    ['draft', 'pending'],
    ['approved', 'pending'],
    ['approved', 'failed'],
  ]) {
    await sql(
      laurel,
      `with batches as (
         insert into $schema.payout_batch (id, program_id, currency, minimum_minor, state)
         select gen_random_uuid(), program.id, 'NOK', 1, $1 from $schema.program, generate_series(1, 30) where slug = 'friends'
         returning id, program_id
       )
       insert into $schema.payout (id, batch_id, program_id, participant_id, minor, currency, state)
       select gen_random_uuid(), batches.id, program_id, participant.id, 500, 'NOK', $2
       from batches, $schema.participant where external_id = 'ada'`,
      [batch, payout],
    );
  }
  const ids = async (table: string) =>
    (await sql<{ id: string }>(laurel, `select id::text from $schema.${table}`)).map(({ id }) => id);
  return {
    rule: await ids('reward_rule'),
    reward: await ids('reward'),
    batch: await ids('payout_batch'),
    payout: await ids('payout'),
    currency: ['EUR', 'USD', 'JPY'],
    definition: [samples['rewardRules.create']?.body?.definition],
  };
}
