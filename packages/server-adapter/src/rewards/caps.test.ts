import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allocate, byTurn, type Candidate, emptyTally } from './caps.ts';
import { localDay } from './time.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca'];
const cap = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined });
const caps = fc.record({
  perDay: cap(4),
  perMonth: cap(6),
  perYear: cap(8),
  total: cap(10),
  minorPerDay: cap(900),
  minorPerMonth: cap(1500),
  minorPerYear: cap(2000),
  minorTotal: cap(3000),
});

/** Rewards around the changes of summer time and of the year. */
const candidates = (ofCaps: Candidate['caps']) =>
  fc
    .array(
      fc.record({
        hours: fc.integer({ min: 0, max: 24 * 400 }),
        fullMinor: fc.option(fc.integer({ min: 1, max: 600 })),
        currency: fc.constantFrom('EUR', 'USD'),
      }),
      { maxLength: 25 },
    )
    .map((rows) =>
      rows.map(
        ({ hours, fullMinor, currency }, index): Candidate => ({
          id: `r${index}`,
          earnedAt: new Date(Date.UTC(2026, 2, 28) + hours * 3_600_000),
          cause: `conversion:${index}`,
          caps: ofCaps,
          fullMinor,
          currency: fullMinor === null ? null : currency,
          keeps: null,
        }),
      ),
    );

const cases = caps.chain((ofCaps) =>
  fc.record({ ofCaps: fc.constant(ofCaps), rewards: candidates(ofCaps), zone: fc.constantFrom(...zones) }),
);

/** Sums of what was allowed by a name of each reward. */
function sumsBy(rewards: readonly Candidate[], allowed: Map<string, number>, nameOf: (each: Candidate) => string) {
  const sums = new Map<string, { count: number; minor: number }>();
  for (const each of rewards) {
    const amount = allowed.get(each.id) ?? 0;
    const sum = sums.get(nameOf(each)) ?? { count: 0, minor: 0 };
    sums.set(nameOf(each), { count: sum.count + (amount > 0 ? 1 : 0), minor: sum.minor + amount });
  }
  return [...sums.values()];
}

it('never gives more than a cap, in any period and currency', () => {
  fc.assert(
    fc.property(cases, ({ ofCaps, rewards, zone }) => {
      const allowed = allocate(rewards, zone);
      const periods = [
        [0, ofCaps.total, ofCaps.minorTotal],
        [4, ofCaps.perYear, ofCaps.minorPerYear],
        [7, ofCaps.perMonth, ofCaps.minorPerMonth],
        [10, ofCaps.perDay, ofCaps.minorPerDay],
      ] as const;
      for (const [length, count, minor] of periods) {
        const day = ({ earnedAt }: Candidate) => localDay(earnedAt, zone).slice(0, length);
        for (const sum of sumsBy(rewards, allowed, day)) expect(sum.count).toBeLessThanOrEqual(count ?? Infinity);
        const money = rewards.filter(({ currency }) => currency !== null);
        for (const sum of sumsBy(money, allowed, (each) => `${day(each)} ${each.currency}`)) {
          expect(sum.minor).toBeLessThanOrEqual(minor ?? Infinity);
        }
      }
    }),
  );
});

it('comes to the same in whatever order rewards are told', () => {
  fc.assert(
    fc.property(
      cases.chain((each) =>
        fc.record({
          each: fc.constant(each),
          shuffled: fc.shuffledSubarray(each.rewards, { minLength: each.rewards.length }),
        }),
      ),
      ({ each: { rewards, zone }, shuffled }) => {
        expect(allocate(shuffled, zone)).toEqual(new Map(allocate(rewards, zone)));
      },
    ),
  );
});

it('can go on from sums of what came before', () => {
  fc.assert(
    fc.property(cases, fc.nat(), ({ rewards, zone }, cut) => {
      if (rewards.length === 0) return;
      const inTurn = [...rewards].sort(byTurn);
      const whole = allocate(inTurn, zone);
      const at = cut % inTurn.length;
      const earlier = inTurn.slice(0, at);
      const turn = inTurn[at] as Candidate;
      const tallies = { total: emptyTally(), year: emptyTally(), month: emptyTally(), day: emptyTally() };
      for (const each of earlier) {
        const amount = whole.get(each.id) ?? 0;
        if (amount === 0) continue;
        const [day, today] = [localDay(each.earnedAt, zone), localDay(turn.earnedAt, zone)];
        for (const [period, length] of [
          ['total', 0],
          ['year', 4],
          ['month', 7],
          ['day', 10],
        ] as const) {
          if (day.slice(0, length) !== today.slice(0, length)) continue;
          tallies[period].count += 1;
          const { minor } = tallies[period];
          if (each.currency !== null) minor.set(each.currency, (minor.get(each.currency) ?? 0) + amount);
        }
      }
      const rest = allocate(inTurn.slice(at), zone, { at: turn.earnedAt, tallies });
      for (const [id, amount] of rest) expect(amount).toBe(whole.get(id));
    }),
  );
});

it('clamps the last one that fits, and gives its rest to nobody twice', () => {
  const reward = (id: string, minute: number): Candidate => ({
    id,
    earnedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
    cause: id,
    caps: { minorPerDay: 250 },
    fullMinor: 100,
    currency: 'EUR',
    keeps: null,
  });
  const allowed = allocate([reward('d', 3), reward('b', 1), reward('c', 2), reward('a', 0)], 'UTC');
  expect(Object.fromEntries(allowed)).toEqual({ a: 100, b: 100, c: 50, d: 0 });
});

it('counts a day of 23 and one of 25 hours as one day each', () => {
  const zone = 'Europe/Berlin';
  expect(localDay(new Date('2026-03-28T23:00:00Z'), zone)).toBe('2026-03-29');
  expect(localDay(new Date('2026-03-29T21:59:59.999Z'), zone)).toBe('2026-03-29');
  expect(localDay(new Date('2026-03-29T22:00:00Z'), zone)).toBe('2026-03-30');
  expect(localDay(new Date('2026-10-24T22:00:00Z'), zone)).toBe('2026-10-25');
  expect(localDay(new Date('2026-10-25T22:59:59.999Z'), zone)).toBe('2026-10-25');
  expect(localDay(new Date('2026-10-25T23:00:00Z'), zone)).toBe('2026-10-26');
});
