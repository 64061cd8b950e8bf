import type { Api } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, settled, sql, storageName, testLaurel } from './support.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-26T00:00:00Z');
/** When the first signs up. */
const signUpHour = 60;
/** Hours that a click counts. */
const windowHours = 24;
const stock = 2;
const referrers = ['ada', 'bea'];
const referees = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'];

/** Something that happened at some hour. A click is of who signs up later, a sale of a referee, a refund of a sale. */
type Fact =
  | { kind: 'click'; hour: number; referee: string; referrer: string; key: string }
  | { kind: 'signUp'; hour: number; referee: string; referrer: string; byClick: boolean }
  | { kind: 'sale'; hour: number; referee: string; key: string; minor: number }
  | { kind: 'refund'; hour: number; key: string };

/** Two sales of one instant take their turn by the ids they are given as they come, so they are told apart by a minute each. */
const minutes = (n: number) => n / 60;

/** How somebody came: by clicks so many hours before, or by somebody's code where none of these counts any more. */
interface Coming {
  referrer: string;
  clicks: { referrer: string; before: number }[];
}

/** The clicks of somebody and their sign-up. Of the clicks that count the last says who referred them. */
function broughtTo(referee: string, hour: number, { referrer, clicks }: Coming): Fact[] {
  const last = clicks.filter(({ before }) => before < windowHours).sort((one, other) => one.before - other.before)[0];
  return [
    ...clicks.map((click, n): Fact => {
      return { kind: 'click', hour: hour - click.before, referee, referrer: click.referrer, key: `${referee}-${n}` };
    }),
    { kind: 'signUp', hour, referee, referrer: last?.referrer ?? referrer, byClick: last !== undefined },
  ];
}

/** A history in the order in which it happened. */
const histories = fc
  .record({
    signUps: fc.array(
      fc.record({
        referrer: fc.constantFrom(...referrers),
        clicks: fc.uniqueArray(
          fc.record({ referrer: fc.constantFrom(...referrers), before: fc.integer({ min: 1, max: 2 * windowHours }) }),
          { maxLength: 3, selector: ({ before }) => before },
        ),
      }),
      { minLength: referees.length, maxLength: referees.length },
    ),
    sales: fc.array(
      fc.record({
        referee: fc.constantFrom(...referees),
        after: fc.integer({ min: 0, max: 70 }),
        minor: fc.integer({ min: 1, max: 2_000 }),
        refundedAfter: fc.option(fc.integer({ min: 0, max: 50 }), { freq: 2 }),
      }),
      { minLength: 4, maxLength: 12 },
    ),
  })
  .map(({ signUps, sales }): Fact[] => [
    ...referees.flatMap((referee, n) => broughtTo(referee, signUpHour + n, signUps[n] as Coming)),
    ...sales.flatMap(({ referee, after, minor, refundedAfter }, n): Fact[] => [
      { kind: 'sale', hour: signUpHour + 10 + after + minutes(n), referee, key: `s${n}`, minor },
      ...(refundedAfter === null
        ? []
        : [{ kind: 'refund', hour: signUpHour + 10 + after + minutes(n) + refundedAfter, key: `s${n}` } as const]),
    ]),
  ]);

/** What must have been told before a fact can be. */
function needs(fact: Fact, facts: readonly Fact[]): Fact[] {
  if (fact.kind === 'signUp') return facts.filter((each) => each.kind === 'click' && each.referee === fact.referee);
  if (fact.kind === 'sale') return facts.filter((each) => each.kind === 'signUp' && each.referee === fact.referee);
  if (fact.kind === 'refund') return facts.filter((each) => each.kind === 'sale' && each.key === fact.key);
  return [];
}

/** The facts as they are told: shuffled as far as they can be, some twice, with settlements in between (`null`). */
const tellings = (facts: readonly Fact[]) =>
  fc
    .record({
      order: fc.shuffledSubarray([...facts.keys()], { minLength: facts.length }),
      again: fc.array(fc.record({ fact: fc.nat(facts.length - 1), later: fc.nat(20) }), { maxLength: 8 }),
      settle: fc.array(fc.boolean(), { minLength: facts.length, maxLength: facts.length }),
    })
    .map(({ order, again, settle }) => {
      const told: (Fact | null)[] = [];
      const tell = (fact: Fact) => {
        for (const each of needs(fact, facts)) if (!told.includes(each)) tell(each);
        if (!told.includes(fact)) told.push(fact);
      };
      order.forEach((index, n) => {
        tell(facts[index] as Fact);
        if (settle[n] && n % 3 === 0) told.push(null);
      });
      for (const { fact, later } of again) {
        const repeated = facts[fact] as Fact;
        told.splice(Math.min(told.length, told.indexOf(repeated) + 1 + later), 0, repeated);
      }
      return told;
    });

const cases = histories.chain((facts) => fc.record({ first: tellings(facts), second: tellings(facts) }));

describe(`rewards in any order (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  let programs = 0;

  beforeAll(async () => {
    laurel = await testLaurel();
    api = laurel.api;
    for (const name of [...referrers, ...referees]) await api.participants.upsert({ externalId: name });
  });

  /** Tells facts to a programme of their own; answers what they come to. */
  async function outcomeOf(telling: readonly (Fact | null)[]) {
    const program = `program-${++programs}`;
    const travel = (hours: number) => laurel.travelTo(new Date(start + hours * hour));
    travel(-1);
    await api.programs.create({
      slug: program,
      name: program,
      landingUrl: 'https://shop.example/',
      riskMode: 'off',
      holdDays: 1,
      timeZone: 'Europe/Berlin',
      attribution: { model: 'last', windowDays: windowHours / 24 },
    });
    await api.contests.create({
      program,
      slug: program,
      name: program,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2027-01-01T00:00:00Z',
      scoring: [
        { event: 'referral', points: 5 },
        { event: '*', points: 1 },
      ],
    });
    const money = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;
    const add = (slug: string, definition: Parameters<Api['rewardRules']['create']>[0]['definition']) =>
      api.rewardRules.create({ program, slug, name: slug, definition });
    await add('welcome', { to: 'referee', on: 'referral', value: money(50) });
    await add('first', {
      to: 'referrer',
      on: 'qualified',
      value: money(100),
      tiers: [
        { referrals: 2, value: money(150) },
        { referrals: 4, value: money(300) },
      ],
    });
    await add('share', {
      to: 'referrer',
      on: 'conversion',
      value: { kind: 'percent', basisPoints: 1_000 },
      recurring: { conversions: 3, introductory: { conversions: 1, value: { kind: 'percent', basisPoints: 2_000 } } },
      caps: { minorPerDay: 200, minorTotal: 500, perMonth: 5 },
    });
    await add('twos', {
      to: 'referrer',
      on: 'milestone',
      milestone: { referrals: 2, repeats: true },
      value: money(70),
      caps: { total: 2 },
    });
    await add('points', { to: 'referrer', on: 'qualified', value: { kind: 'points', contest: program, points: 11 } });
    await add('mug', { to: 'referee', on: 'qualified', value: { kind: 'item', item: 'mug' }, stock });
    const codes = new Map<string, string>();
    for (const participant of referrers)
      codes.set(participant, (await api.programs.me({ program, participant })).referralCode);
    const ids = new Map<string, string>();
    /** The cookies that clicks left with somebody, by click. */
    const cookies = new Map<string, Map<string, string>>(referees.map((referee) => [referee, new Map()]));
    for (const fact of telling) {
      if (fact === null) {
        await settled(laurel, new Date(start));
        continue;
      }
      travel(fact.hour);
      if (fact.kind === 'click') {
        const body = { program, referralCode: codes.get(fact.referrer), consent: true };
        const { headers } = await ask(laurel, 'POST', '/clicks', { credential: laurel.publishableKey, body });
        const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
        // Said again it is another click, of somebody who has the cookie of the first.
        const own = cookies.get(fact.referee);
        if (!own?.has(fact.key)) own?.set(fact.key, cookie);
      } else if (fact.kind === 'signUp') {
        const by = fact.byClick
          ? { cookie: [...(cookies.get(fact.referee)?.values() ?? [])].join('; ') }
          : { referralCode: codes.get(fact.referrer) as string };
        await api.referrals.create({ program, participant: fact.referee, ...by });
      } else if (fact.kind === 'refund') await api.conversions.reverse({ conversion: ids.get(fact.key) as string });
      else {
        const { referee: participant, key: idempotencyKey, minor } = fact;
        const amount = { minor, currency: 'EUR' };
        const { id } = await api.conversions.create({
          program,
          participant,
          event: 'purchase',
          idempotencyKey,
          amount,
        });
        ids.set(idempotencyKey, id);
      }
    }
    const end = new Date(start + 1_000 * hour);
    laurel.travelTo(end);
    await settled(laurel, end);
    const names = new Map([...ids].map(([key, id]) => [id, key]));
    const { items } = await api.rewards.list({ program, limit: 100 });
    const standing = items.filter(({ state }) => state !== 'reversed');
    const rewards = standing.map(({ rule, cause, state, amount, points }) =>
      // Who has a piece keeps it, so whose it is depends on what was told first; how many have one does not.
      rule === 'mug' ? `mug ${state}` : `${rule} ${causeOf(cause, names)} ${state} ${amount?.minor ?? points}`,
    );
    const mugs = standing.filter(({ rule }) => rule === 'mug');
    expect(mugs.filter(({ state }) => state === 'approved')).toHaveLength(Math.min(stock, mugs.length));
    const bound = await sql<{ referee: string; referrer: string }>(
      laurel,
      `select referee.external_id as referee, referrer.external_id as referrer from $schema.referral
       join $schema.program on program.id = program_id and program.slug = $1
       join $schema.participant referee on referee.id = referee_id
       join $schema.participant referrer on referrer.id = referrer_id order by 1`,
      [program],
    );
    const signUps = telling.filter((fact) => fact?.kind === 'signUp');
    expect(bound).toEqual(
      referees.map((referee) => ({ referee, referrer: signUps.find((each) => each.referee === referee)?.referrer })),
    );
    const wallets = await Promise.all(
      [...referrers, ...referees].map(async (participant) =>
        (await api.rewards.wallet({ program, participant })).balances.filter(isSomething),
      ),
    );
    const scores = await Promise.all(
      referrers.map(
        async (participant) =>
          (await api.leaderboards.standing({ contest: program, participant })).standing?.score ?? 0,
      ),
    );
    const approved = standing.reduce(
      (sum, { state, amount }) => sum + (state === 'approved' ? (amount?.minor ?? 0) : 0),
      0,
    );
    expect(wallets.flat().reduce((sum, each) => sum + each.approved, 0)).toBe(approved);
    const shares = items.filter(({ rule }) => rule === 'share');
    for (const mine of Map.groupBy(shares, ({ participant }) => participant).values()) {
      expect(mine.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0)).toBeLessThanOrEqual(500);
    }
    return { rewards: rewards.sort(), wallets, scores };
  }

  it('come to the same, however facts are ordered, repeated and settled', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ first, second }) => {
        const [one, other] = [await outcomeOf(first), await outcomeOf(second)];
        expect(other).toEqual(one);
        expect(await laurel.recount()).toEqual([]);
      }),
      { numRuns: 5 },
    );
    const [row] = await sql<{ wrong: number }>(
      laurel,
      `select count(*)::int as wrong from $schema.reward left join (
         select reward_id, sum(minor) as minor from $schema.reward_entry group by 1
       ) entered on entered.reward_id = reward.id
       where coalesce(entered.minor, 0) <> case when state = 'approved' then reward.minor else 0 end`,
    );
    expect(row?.wrong).toBe(0);
  }, 120_000);
});

/** A cause by what the history calls it; referrals by no name, for each programme has its own. */
const causeOf = (cause: string, names: ReadonlyMap<string, string>) => {
  const [kind, id = ''] = cause.split(':');
  return kind === 'milestone' ? cause : `${kind} ${names.get(id) ?? ''}`;
};

/** A currency in which something came and went alike shows as nothing, or does not show. */
const isSomething = ({ held, approved }: { held: number; approved: number }) => held !== 0 || approved !== 0;
