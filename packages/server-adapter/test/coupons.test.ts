import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, inHostTransaction, newcomers, refer, seed, sql, storageName, testLaurel } from './support.ts';

describe(`coupons at checkout (${storageName})`, () => {
  let laurel: TestLaurel;
  let orders = 0;

  const newPerson = newcomers(() => laurel);
  const buy = (participant: string, more: object = {}) =>
    ask(laurel, 'POST', '/conversions', {
      credential: laurel.secretKey,
      body: { program: 'friends', participant, event: 'purchase', idempotencyKey: `order-${++orders}`, ...more },
    });
  const referralsOf = async (referee: string) => (await laurel.api.referrals.list({ referee })).items;
  const points = async () => (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).points;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob'], {
      scoring: [
        { event: 'referral', points: 1 },
        { event: 'purchase', points: 10 },
      ],
    });
    for (const [participant, code] of [
      ['ada', 'ADA10'],
      ['bob', 'BOB10'],
    ] as const) {
      await laurel.api.joining.chooseCode({ program: 'friends', participant, code, kind: 'coupon' });
    }
  });

  it('bind the buyer to the owner and credit the purchase, with its points', async () => {
    const before = await points();
    const person = await newPerson();
    expect(await buy(person, { couponCode: 'ada10' })).toMatchObject({ status: 201, json: { attributed: true } });
    const [referral] = await referralsOf(person);
    expect(referral).toMatchObject({ attributedBy: 'coupon', state: 'qualified', channel: null });
    expect(referral?.history.map(({ to, actor, reason }) => [to, actor.split(':')[0], reason])).toEqual([
      ['pending', 'secret', 'coupon'],
      ['qualified', 'system', 'conversion'],
    ]);
    expect(await points()).toBe(before + 11);
    expect(await laurel.recount()).toEqual([]);
  });

  it('leave a buyer to who referred them before', async () => {
    const person = await newPerson();
    await refer(laurel.api, 'bob', person);
    expect(await buy(person, { couponCode: 'ADA10' })).toMatchObject({ status: 201, json: { attributed: true } });
    expect((await referralsOf(person)).map(({ attributedBy }) => attributedBy)).toEqual(['code']);
  });

  it('bind and record once for 8 repetitions at once (duplicate credit: hcb#12354, me-hub#894, laravel-referrals#35)', async () => {
    const before = await points();
    const person = await newPerson();
    const more = { couponCode: 'ADA10', idempotencyKey: 'at-once' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => buy(person, more)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await points()).toBe(before + 11);
    const rows = await sql(laurel, `select from $schema.conversion where idempotency_key = 'at-once'`);
    expect(rows).toHaveLength(1);
    expect(await referralsOf(person)).toHaveLength(1);
  });

  it('go to one owner where two are typed at once', async () => {
    const person = await newPerson();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => buy(person, { couponCode: index % 2 ? 'ADA10' : 'BOB10' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await referralsOf(person)).toHaveLength(1);
    const rows = await sql(
      laurel,
      `select distinct conversion.referrer_id from $schema.conversion join $schema.participant on participant.id = participant_id
       where external_id = $1`,
      [person],
    );
    expect(rows).toHaveLength(1);
  });

  it('refuse their owner, unknown codes, and another coupon under the same key, and leave nothing behind', async () => {
    const person = await newPerson();
    expect((await buy('ada', { couponCode: 'ADA10' })).json.code).toBe('self_referral');
    expect((await buy(person, { couponCode: 'NOSUCHCODE' })).json.code).toBe('code_not_found');
    await buy(person, { idempotencyKey: 'plain' });
    expect((await buy(person, { idempotencyKey: 'plain', couponCode: 'ADA10' })).json.code).toBe(
      'idempotency_key_reused',
    );
    expect(await referralsOf(person)).toEqual([]);
    expect((await buy('nobody', { couponCode: 'ADA10' })).json.code).toBe('participant_not_found');
  });

  it('bind nobody in an archived programme, where what was recorded is still answered', async () => {
    const person = await newPerson();
    const key = { couponCode: 'ADA10', idempotencyKey: 'before-the-end' };
    const first = await buy(person, key);
    await laurel.api.programs.update({ program: 'friends', archived: true });
    expect((await buy(person, key)).text).toBe(first.text);
    const late = await newPerson();
    expect((await buy(late, { couponCode: 'ADA10' })).json.code).toBe('program_archived');
    expect(await referralsOf(late)).toEqual([]);
    await laurel.api.programs.update({ program: 'friends', archived: false });
  });

  it('commit or go with the host’s own transaction', async () => {
    const [kept, gone] = [await newPerson(), await newPerson()];
    const order = (participant: string) => ({
      ...{
        program: 'friends',
        participant,
        event: 'purchase',
        idempotencyKey: `order-${++orders}`,
        couponCode: 'ADA10',
      },
    });
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.create(order(kept));
    });
    const failing = inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.create(order(gone));
      throw new Error('the host changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect([await referralsOf(kept), await referralsOf(gone)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('cannot be guessed at speed: codes given for one participant are counted', async () => {
    const strict = await testLaurel({ background: false, limits: { token: 5 } });
    await seed(strict.api, ['ada', 'bob', 'cleo']);
    const guess = (participant: string, index: number) =>
      ask(strict, 'POST', '/conversions', {
        credential: strict.secretKey,
        body: {
          ...{
            program: 'friends',
            participant,
            event: 'purchase',
            idempotencyKey: `g${index}`,
            couponCode: `guess-${index}`,
          },
        },
      });
    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) statuses.push((await guess('bob', index)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
    expect((await guess('cleo', 99)).status).toBe(404);
    const { token } = await strict.api.participants.createToken({ participant: 'cleo' });
    const codes: number[] = [];
    for (let index = 0; index < 6; index++) {
      const body = { program: 'friends', referralCode: `guess-${index}` };
      codes.push((await ask(strict, 'POST', '/referrals', { credential: token, body })).status);
    }
    expect(codes).toEqual([404, 404, 404, 404, 429, 429]);
  });
});
