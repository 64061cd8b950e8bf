import { expect, it } from 'vitest';
import { seed, settled, storageName, testLaurel } from './support.ts';

it(`a programme's days are those of its own zone, with zeros where nothing happened (${storageName})`, async () => {
  const laurel = await testLaurel();
  laurel.travelTo(new Date('2026-03-28T22:30:00Z'));
  await seed(laurel.api, ['ada', 'bob']);
  const { programs, referrals, conversions, rewardRules } = laurel.api;
  await programs.update({ program: 'friends', timeZone: 'Europe/Berlin', riskMode: 'off' });
  await rewardRules.create({
    program: 'friends',
    slug: 'five',
    name: 'Five',
    definition: { to: 'referrer', on: 'qualified', value: { kind: 'money', minor: 500, currency: 'EUR' } },
  });
  const { referralCode } = await programs.me({ program: 'friends', participant: 'ada' });
  const buy = (key: string, minor: number, currency: string) =>
    conversions.create({
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      amount: { minor, currency },
      idempotencyKey: key,
    });
  await laurel.api.clicks.record({ referralCode });
  await referrals.create({ program: 'friends', participant: 'bob', referralCode });
  // Still the 29th in Berlin, where this day has 23 hours.
  laurel.travelTo(new Date('2026-03-29T21:59:59Z'));
  await buy('1', 1_000, 'EUR');
  laurel.travelTo(new Date('2026-03-30T22:00:00Z'));
  await buy('2', 2_000, 'EUR');
  await buy('3', 3_000, 'USD');
  const gone = await buy('4', 9_000, 'USD');
  await conversions.reverse({ conversion: gone.id });
  await settled(laurel, new Date('2026-03-30T22:00:00Z'));

  const nothing = { clicks: 0, referrals: 0, qualified: 0, conversions: 0, amounts: [], rewards: [] };
  const expected = [
    { ...nothing, date: '2026-03-28', clicks: 1, referrals: 1 },
    {
      ...nothing,
      date: '2026-03-29',
      qualified: 1,
      conversions: 1,
      amounts: [{ minor: 1_000, currency: 'EUR' }],
      rewards: [{ minor: 500, currency: 'EUR' }],
    },
    { ...nothing, date: '2026-03-30' },
    {
      ...nothing,
      date: '2026-03-31',
      conversions: 2,
      amounts: [
        { minor: 2_000, currency: 'EUR' },
        { minor: 3_000, currency: 'USD' },
      ],
    },
  ];
  expect(await programs.series({ program: 'friends', from: '2026-03-28', to: '2026-03-31' })).toEqual({
    program: 'friends',
    timeZone: 'Europe/Berlin',
    days: expected,
  });
  const { days } = await programs.series({ program: 'friends' });
  expect(days).toHaveLength(30);
  expect(days.slice(-4)).toEqual(expected);
  await expect(programs.series({ program: 'friends', from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(programs.series({ program: 'friends', from: '2020-01-01', to: '2026-03-01' })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
