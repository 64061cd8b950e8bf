import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RewardDefinition } from '../db/reward-tables.ts';
import { earnedBy } from './earned.ts';
import type { ConversionFact, ReferralFacts, Rule } from './facts.ts';
import { foldReferral } from './referral-state.ts';
import { addDays, addMonths } from './time.ts';

const start = new Date('2026-01-31T10:00:00Z');
const euros = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;

const definition = (given: Partial<RewardDefinition>): RewardDefinition => ({
  to: 'referrer',
  on: 'conversion',
  events: [],
  value: { kind: 'percent', basisPoints: 1_000 },
  conditions: {},
  tiers: [],
  caps: {},
  ...given,
});

const ruleOf = (...definitions: Partial<RewardDefinition>[]): Rule => ({
  id: 'rule',
  programId: 'program',
  versions: definitions.map((each, index) => ({
    version: index + 1,
    from: addDays(start, index * 10),
    active: true,
    definition: definition(each),
  })),
});

const sale = (day: number, more: Partial<ConversionFact> = {}): ConversionFact => ({
  id: `sale-${day}`,
  event: 'purchase',
  minor: 1_000,
  currency: 'EUR',
  metadata: {},
  at: addDays(start, day),
  reversed: false,
  ...more,
});

const referral = (conversions: ConversionFact[], more: Partial<ReferralFacts> = {}): ReferralFacts => ({
  id: 'referral',
  program: { id: 'program', qualifyingEvents: [], holdDays: 0, creditWindowDays: null, timeZone: 'UTC' },
  referrerId: 'ada',
  refereeId: 'bob',
  createdAt: start,
  verdicts: { referrer: 'pass', referee: 'pass' },
  settledElsewhere: null,
  conversions,
  ...more,
});

const amounts = (facts: ReferralFacts, rule: Rule, position: number | null = null) =>
  earnedBy(facts, [rule], position).map(({ given }) => (given.kind === 'money' ? given.minor : given.kind));

it('gives a share of each sale, for so many months and conversions, with another rate at first', () => {
  const recurring = { months: 1, conversions: 3, introductory: { conversions: 1, value: euros(700) } };
  const sales = [sale(0), sale(1), sale(2), sale(3)];
  expect(amounts(referral(sales), ruleOf({ recurring }))).toEqual([700, 100, 100]);
  expect(amounts(referral([sale(27), sale(28)]), ruleOf({ recurring: { months: 1 } }))).toEqual([100]);
  expect(addMonths(start, 1).toISOString()).toBe('2026-02-28T10:00:00.000Z');
});

it('lets a later sale take the place of a reversed one', () => {
  const recurring = { conversions: 2 };
  const sales = [sale(0, { reversed: true }), sale(1), sale(2), sale(3)];
  const causes = earnedBy(referral(sales), [ruleOf({ recurring })], null).map(({ cause }) => cause);
  expect(causes).toEqual(['conversion:sale-1', 'conversion:sale-2']);
});

it('goes by the version in force when it was earned', () => {
  const rule = ruleOf({}, { value: { kind: 'percent', basisPoints: 2_000 } });
  expect(amounts(referral([sale(-1), sale(9), sale(10)]), rule)).toEqual([100, 200]);
  const [first, second] = rule.versions;
  const archived = { ...rule, versions: [first, { ...second, active: false }] } as Rule;
  expect(amounts(referral([sale(9), sale(10)]), archived)).toEqual([100]);
});

it.each([
  ['the country', { countries: ['PT'] }, { metadata: { country: 'PT' } }, { metadata: { country: 'ES' } }],
  ['the product', { products: ['pro'] }, { metadata: { product: 'pro' } }, { metadata: {} }],
  ['the least amount', { minimum: { minor: 1_000, currency: 'EUR' } }, {}, { minor: 999 }],
  ['the currency of the least amount', { minimum: { minor: 1, currency: 'EUR' } }, {}, { currency: 'USD' }],
  ['any other fact', { metadata: { plan: ['team', 3, true] } }, { metadata: { plan: 3 } }, { metadata: { plan: '3' } }],
  [
    'facts that no conversion has',
    { metadata: { toString: ['x'] } },
    { metadata: { toString: 'x' } },
    { metadata: {} },
  ],
] as const)('asks for %s', (_, conditions, good, bad) => {
  const rule = ruleOf({ conditions: conditions as unknown as RewardDefinition['conditions'] });
  expect(amounts(referral([sale(0, good as Partial<ConversionFact>)]), rule)).toHaveLength(1);
  expect(amounts(referral([sale(0, bad as Partial<ConversionFact>)]), rule)).toHaveLength(0);
});

it('takes the first purchase alone, whether or not it is what the conditions say', () => {
  const conditions = { firstPurchase: true, countries: ['PT'] };
  const rule = ruleOf({ conditions, events: ['purchase'] });
  const there = { metadata: { country: 'PT' } };
  expect(amounts(referral([sale(0, { event: 'trial' }), sale(1, there), sale(2, there)]), rule)).toEqual([100]);
  expect(amounts(referral([sale(1), sale(2, there)]), rule)).toEqual([]);
});

it('gives by the highest tier reached', () => {
  const tiers = [
    { referrals: 10, value: euros(30) },
    { referrals: 5, value: euros(20) },
  ];
  const rule = ruleOf({ on: 'qualified', value: euros(10), tiers });
  expect([null, 1, 4, 5, 9, 10, 99].map((position) => amounts(referral([sale(0)]), rule, position)[0])).toEqual([
    10, 10, 10, 20, 20, 30, 30,
  ]);
});

it('gives nothing from a budget of another currency', () => {
  const budget = { minor: 1_000, currency: 'EUR' };
  expect(amounts(referral([sale(0), sale(1, { currency: 'USD' })]), ruleOf({ budget }))).toEqual([100]);
});

const history = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 30 }),
    reversed: fc.boolean(),
    event: fc.constantFrom('purchase', 'trial'),
  }),
  { maxLength: 12 },
);

it('earns at sign-up and at the first conversion once, whatever happens after', () => {
  fc.assert(
    fc.property(history, (sales) => {
      const facts = referral(sales.map((each, n) => sale(each.day, { ...each, id: `c${n}` })));
      const earned = earnedBy(
        facts,
        [
          ruleOf({ on: 'qualified' }, { on: 'qualified' }),
          { ...ruleOf({ on: 'referral', value: euros(5) }), id: 'other' },
        ],
        1,
      );
      const keys = earned.map(({ ruleId, cause }) => `${ruleId} ${cause}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(earned.filter(({ cause }) => cause.startsWith('qualified:')).length).toBeLessThanOrEqual(1);
      expect(earned.filter(({ ruleId }) => ruleId === 'other')).toHaveLength(1);
    }),
  );
});

it('folds the state of a referral from its facts', () => {
  const program = { ...referral([]).program, holdDays: 14, creditWindowDays: 30, qualifyingEvents: ['purchase'] };
  const state = (day: number, conversions: ConversionFact[], more: Partial<ReferralFacts> = {}) =>
    foldReferral(referral(conversions, { program, ...more }), addDays(start, day));
  expect(state(1, [sale(1, { event: 'trial' })])).toMatchObject({ state: 'pending', nextAt: addDays(start, 30) });
  expect(state(29.999, [])).toMatchObject({ state: 'pending' });
  expect(state(30, [])).toMatchObject({ state: 'expired', nextAt: null });
  expect(state(1, [sale(1)])).toMatchObject({ state: 'qualified', cleared: true, nextAt: addDays(start, 15) });
  expect(state(15, [sale(1)])).toMatchObject({ state: 'approved', nextAt: null });
  expect(state(15, [sale(1)], { verdicts: { referrer: 'hold', referee: 'pass' } })).toMatchObject({
    state: 'qualified',
    cleared: false,
    nextAt: null,
  });
  expect(state(15, [sale(1)], { verdicts: { referrer: 'reject', referee: 'pass' } })).toMatchObject({
    state: 'rejected',
    qualifiedAt: null,
  });
  expect(state(40, [sale(1, { reversed: true })])).toMatchObject({ state: 'reversed' });
  expect(state(40, [sale(1, { reversed: true }), sale(29)])).toMatchObject({ state: 'qualified' });
});

it('earns nothing here by what another product has settled, and keeps its state until something happens here', () => {
  const settled = { settledElsewhere: 'approved' } as const;
  expect(foldReferral(referral([], settled), start)).toMatchObject({ state: 'approved', qualifiedAt: null });
  expect(foldReferral(referral([sale(1)], settled), addDays(start, 2))).toMatchObject({ qualifiedAt: null });
  expect(amounts(referral([sale(1)], settled), ruleOf({}))).toHaveLength(1);
});

it('gives to each side by its own verdict', () => {
  const rules = [{ to: 'referrer' as const }, { to: 'referee' as const }].map((each) => ruleOf(each));
  const given = (verdicts: ReferralFacts['verdicts']) =>
    rules
      .flatMap((rule) => earnedBy(referral([sale(1)], { verdicts }), [rule], 1))
      .map((each) => [each.participantId, each.cleared]);
  expect(given({ referrer: 'reject', referee: 'pass' })).toEqual([['bob', true]]);
  expect(given({ referrer: 'pass', referee: 'hold' })).toEqual([
    ['ada', true],
    ['bob', false],
  ]);
  expect(given({ referrer: 'hold', referee: 'reject' })).toEqual([['ada', false]]);
});
