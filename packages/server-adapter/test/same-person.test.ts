import { randomUUID } from 'node:crypto';
import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetSightings } from '../src/settlement/sightings.ts';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import { cardCharge, send, session, stripeEvent, webhookSecret } from './stripe-events.ts';
import {
  databaseUrl,
  dump,
  eventually,
  inHostTransaction,
  refer,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`one person under two names (${storageName})`, () => {
  let laurel: TestLaurel;
  const { person, codes, reviewOf, assessments } = riskSteps(() => laurel);
  const pay = (participant: string, payment: string, api: Api = laurel.api) =>
    api.conversions.create({
      ...{ program: 'friends', participant, event: 'purchase', idempotencyKey: randomUUID(), payment },
      amount: { minor: 5_000, currency: 'EUR' },
    });
  const payments = () => sql(laurel, `select * from $schema.sighting where kind = 'payment'`);
  const referral = (participant: string, changes: object) =>
    stripeEvent('checkout.session.completed', session({ client_reference_id: participant, ...changes }));

  beforeEach(async () => {
    laurel = await testLaurel({ stripe: { webhookSecret } });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await laurel.api.rewardRules.create({
      ...{ program: 'friends', slug: 'ten', name: 'Ten' },
      definition: { to: 'referrer', on: 'qualified', value: { kind: 'money', minor: 1_000, currency: 'EUR' } },
    });
  });

  it('is held in mode normal when the friend pays with the card of who invited them', async () => {
    await person('ada', 'ada@one.example');
    await person('bob', 'somebody@two.example');
    await pay('ada', 'card-1');
    const { id } = await refer(laurel.api, 'ada', 'bob');
    await pay('bob', 'card-1');
    const review = await eventually(
      () => reviewOf(id),
      (found) => found !== undefined,
    );
    expect(review).toMatchObject({
      state: 'open',
      mode: 'normal',
      signals: [{ code: 'same_payment', severity: 'high' }],
    });
    const rewards = await laurel.api.rewards.list({ program: 'friends' });
    expect(rewards.items.map(({ state }) => state)).toEqual(['held']);
  });

  it('is noticed as well when who invited pays later with the card of the friend', async () => {
    const { id } = await refer(laurel.api, 'ada', 'bob');
    await pay('bob', 'card-2');
    await assessments(id);
    await pay('ada', 'card-2');
    expect(
      await eventually(
        () => codes(id),
        (found) => found?.includes('same_payment') === true,
      ),
    ).toContain('same_payment');
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('is noticed as well when both pay in transactions that do not see each other', async () => {
    const { id } = await refer(laurel.api, 'ada', 'bob');
    let paid: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      await pay('ada', 'card-3', laurel.api.with(transaction));
      paid = pay('bob', 'card-3');
      // Time to pay and to be judged, as far as it goes meanwhile.
      await Promise.race([paid, new Promise((resolve) => setTimeout(resolve, 500))]);
      await assessments(id);
    });
    await paid;
    expect(
      await eventually(
        () => codes(id),
        (found) => found?.includes('same_payment') === true,
      ),
    ).toContain('same_payment');
  });

  it('says nothing of two who paid with cards of their own', async () => {
    const { id } = await refer(laurel.api, 'ada', 'bob');
    await pay('ada', 'card-3');
    await pay('bob', 'card-4');
    expect(await codes(id)).toEqual([]);
  });

  it('keeps no means of payment but as a keyed hash, until it expires', async () => {
    await pay('ada', 'fingerprint-of-a-card');
    await pay('ada', 'fingerprint-of-a-card');
    expect(await payments()).toHaveLength(1);
    expect(JSON.stringify(await dump(laurel))).not.toContain('fingerprint-of-a-card');
    await sql(laurel, `update $schema.sighting set expires_at = now() where kind = 'payment'`);
    await forgetSightings({ query: (text) => sql(laurel, text) }, '$schema');
    expect(await payments()).toHaveLength(0);
  });

  it('keeps nothing of a conversion that is refused', async () => {
    const bad = { program: 'nowhere', participant: 'ada', event: 'purchase', idempotencyKey: 'x', payment: 'card-5' };
    await expect(laurel.api.conversions.create(bad)).rejects.toMatchObject({ code: 'program_not_found' });
    expect(await payments()).toHaveLength(0);
  });

  it('is found by the card that Stripe’s charges name, whichever event comes first', async () => {
    const { id } = await refer(laurel.api, 'ada', 'bob');
    const of = (who: string) => ({ id: `cs_${who}`, payment_intent: `pi_${who}` });
    const charged = (who: string) =>
      stripeEvent('charge.succeeded', cardCharge('fp_shared', { id: `ch_${who}`, payment_intent: `pi_${who}` }));
    await send(laurel, charged('ada'));
    await send(laurel, referral('ada', of('ada')));
    await send(laurel, referral('bob', { ...of('bob'), customer_details: null }));
    await assessments(id);
    expect((await send(laurel, charged('bob'))).json).toEqual({ outcome: 'applied' });
    expect(await payments()).toHaveLength(2);
    expect(
      await eventually(
        () => codes(id),
        (found) => found?.includes('same_payment') === true,
      ),
    ).toContain('same_payment');
    expect(JSON.stringify(await dump(laurel))).not.toContain('fp_shared');
  });

  it('is found by the address that Stripe has of a buyer, where the host gave none', async () => {
    await person('ada', 'ada.lovelace@gmail.com');
    const { id } = await refer(laurel.api, 'ada', 'bob');
    const details = (email: string) => ({ customer_details: { email, address: { country: 'PT' } } });
    await send(laurel, referral('bob', { id: 'cs_1', ...details('adalovelace+shop@googlemail.com') }));
    expect(
      await eventually(
        () => codes(id),
        (found) => found?.includes('same_email') === true,
      ),
    ).toContain('same_email');
    // What the host said of somebody stays, and no address is one that was confirmed.
    await send(laurel, referral('ada', { id: 'cs_2', payment_intent: 'pi_2', ...details('other@one.example') }));
    await send(laurel, referral('cleo', { id: 'cs_3', payment_intent: 'pi_3', ...details('not an address') }));
    const contacts = await sql(laurel, 'select email, confirmed_at from $schema.participant_contact order by email');
    expect(contacts).toEqual([
      { email: 'ada.lovelace@gmail.com', confirmed_at: null },
      { email: 'adalovelace+shop@googlemail.com', confirmed_at: null },
    ]);
  });

  it('is found by a name that only staff see, and they see it in the review', async () => {
    const upsert = laurel.api.participants.upsert;
    await upsert({ externalId: 'ada', displayName: null, name: 'Ada Lovelace', email: 'ada@one.example' });
    await upsert({ externalId: 'bob', displayName: null, name: 'Lovelace, Ada', email: 'bob@one.example' });
    await laurel.api.programs.update({ program: 'friends', riskMode: 'strict' });
    const { id } = await refer(laurel.api, 'ada', 'bob');
    const review = await eventually(
      () => reviewOf(id),
      (found) => found !== undefined,
    );
    expect(review?.signals.map(({ code }) => code)).toContain('same_name');
    expect([review?.referrer.name, review?.referee.name]).toEqual(['Ada Lovelace', 'Lovelace, Ada']);
    await upsert({ externalId: 'bob', name: null });
    expect((await reviewOf(id))?.referee.name).toBeNull();
    expect(await upsert({ externalId: 'ada' })).not.toHaveProperty('name');
  });
});
