import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved } from '../forms/rows.ts';
import { forgive, withValue } from '../forms/sheet.ts';
import { slugOf } from '../forms/slug.ts';
import { changesOf, contractOf } from './contract.ts';
import { faultsOf } from './faults.ts';
import { isFixed } from './fixed.ts';
import { action, type Contest, emptyForm, formOf, prize } from './form.ts';

const text = (most: number) => fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' });
/** Text as it comes out of a field of lines. */
const line = fc.stringMatching(/^[a-zà-ü0-9](?:[a-zà-ü0-9 ]{0,12}[a-zà-ü0-9])?$/);
const lines = (least: number, most: number) => fc.array(line, { minLength: least, maxLength: most });
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8})?$/);
const whole = fc.integer({ min: 0, max: 1_000_000 });
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((time) => new Date(time).toISOString());
const zone = fc.constantFrom('UTC', 'Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe');

const field = fc
  .record(
    { id: slug, label: text(20), required: fc.boolean(), choices: lines(2, 4) },
    { requiredKeys: ['id', 'label', 'required'] },
  )
  .map(({ id, label, required, choices }) => ({ id, label, required, ...(choices && { choices }) }));
const actions = fc.record(
  {
    id: slug,
    kind: fc.constantFrom('visit', 'answer', 'code_word', 'share', 'form', 'host', 'daily'),
    title: text(20),
    points: whole,
    url: fc.constant('https://shop.example/page'),
    seconds: whole,
    question: text(20),
    choices: lines(2, 4),
    answers: lines(1, 3),
    channels: fc.array(slug, { minLength: 1, maxLength: 3 }),
    fields: fc.array(field, { minLength: 1, maxLength: 2 }),
    after: fc.array(slug, { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'kind', 'title', 'points', 'after'] },
);
const prizes = fc.record({ name: text(20), description: nullable(text(20)), winners: whole });

const contests = fc.record({
  id: fc.uuid(),
  slug,
  program: slug,
  name: text(40),
  description: nullable(text(80)),
  state: fc.constantFrom('draft', 'scheduled', 'live', 'paused', 'frozen', 'drawn', 'closed'),
  startsAt: instant,
  endsAt: instant,
  timeZone: zone,
  period: fc.constantFrom('contest', 'day', 'week', 'month'),
  scoring: fc.array(fc.record({ event: slug, points: whole }), { minLength: 1, maxLength: 3 }),
  hideUntilEnd: fc.boolean(),
  kind: fc.constantFrom('leaderboard', 'raffle', 'waitlist'),
  tiePolicy: fc.constantFrom('earliest', 'shared', 'draw'),
  names: fc.constantFrom('shown', 'opt_in', 'pseudonyms'),
  prizes: fc.array(prizes, { maxLength: 3 }),
  actions: fc.array(actions, { maxLength: 3 }),
  mostEntries: nullable(whole),
  eligibility: fc.record({
    countries: nullable(fc.array(fc.constantFrom('PT', 'ES', 'BR'), { minLength: 1, maxLength: 3 })),
    minimumAge: nullable(whole),
    verifiedEmail: fc.boolean(),
  }),
  draw: fc.record({ source: fc.constantFrom('drand', 'numbers'), delaySeconds: whole, numbers: lines(0, 3) }),
  teamSize: nullable(whole),
  league: fc.constant(null),
  instantWin: fc.constant(null),
  claim: nullable(fc.record({ days: whole, fields: fc.array(field, { maxLength: 2 }) })),
  rules: fc.record({ sponsor: nullable(text(20)), contact: nullable(text(20)), terms: nullable(text(40)) }),
  publishResults: fc.constantFrom('automatically', 'by_hand'),
  rulesVersion: fc.constant(1),
  createdAt: instant,
  updatedAt: instant,
}) as unknown as fc.Arbitrary<Contest>;

test('what is loaded and saved unchanged sends no change', () => {
  fc.assert(
    fc.property(contests, (contest) => {
      expect(changesOf(contest, formOf(contest))).toEqual({});
    }),
  );
});

test('a change sends that field alone', () => {
  fc.assert(
    fc.property(contests, text(40), (contest, name) => {
      fc.pre(name !== contest.name);
      expect(changesOf(contest, { ...formOf(contest), name })).toEqual({ name });
    }),
  );
});

test('what comes from the API goes back as it came', () => {
  const asked = (value: string | null) => value === null || value.trim() !== '';
  fc.assert(
    fc.property(contests, (contest) => {
      // A field that holds nothing but spaces says nothing.
      fc.pre(asked(contest.description) && Object.values(contest.rules).every(asked));
      fc.pre(contest.prizes.every(({ name, description }) => asked(description) && name.trim() !== ''));
      const { slug: _, startsAt, endsAt, ...rest } = contractOf(formOf(contest));
      expect(contest).toMatchObject(rest);
      // Milliseconds are not shown; the instant is the same to the second, also where clocks go back.
      expect([startsAt, endsAt]).toEqual(
        [contest.startsAt, contest.endsAt].map((each) => each.replace(/\.\d+Z$/, '.000Z')),
      );
    }),
  );
});

test('a name, dates and a prize are enough', () => {
  const form = {
    ...emptyForm('Europe/Lisbon'),
    name: 'Verão às 20%',
    slug: slugOf('Verão às 20%'),
    startsAt: '2030-07-01T09:00',
    endsAt: '2030-08-01T00:00',
    prizes: [prize({ name: 'Coffee for a year' }), prize()],
  };
  const given = contractOf(form);
  expect(given).toMatchObject({
    slug: 'verao-as-20',
    startsAt: '2030-07-01T08:00:00.000Z',
    endsAt: '2030-07-31T23:00:00.000Z',
    prizes: [{ name: 'Coffee for a year', description: null, winners: 1 }],
    league: null,
    instantWin: null,
    claim: null,
  });
  expect(faultsOf(given, (key) => key)).toEqual({});
});

test('what is missing is found before anything is sent', () => {
  const form = {
    ...emptyForm('UTC'),
    kind: 'milestone' as const,
    prizes: [prize(), prize({ name: 'Mug' })],
    actions: [action()],
  };
  form.actions[0] = { ...action(), points: 'many' };
  expect(faultsOf(contractOf(form), (key) => key)).toEqual({
    '#/name': 'needed',
    '#/slug': 'needed',
    '#/startsAt': 'noTime',
    '#/endsAt': 'noTime',
    '#/prizes/0/name': 'needed',
    '#/prizes/0/atPoints': 'noNumber',
    '#/prizes/1/atPoints': 'noNumber',
    '#/actions/0/title': 'needed',
    '#/actions/0/points': 'noNumber',
  });
});

test('an unknown zone is told at the zone, not at the times', () => {
  const form = {
    ...emptyForm('Mars/Base'),
    name: 'x',
    slug: 'x',
    startsAt: '2030-01-01T00:00',
    endsAt: '2030-01-02T00:00',
  };
  expect(faultsOf(contractOf(form), (key) => key)).toEqual({ '#/timeZone': 'noZone' });
});

test('another kind of action takes its own fields only, and what was typed for the other is kept in the form', () => {
  const typed = { ...action(), title: 'Look', url: 'https://shop.example/', answers: 'Yes' };
  const sent = (kind: string) => contractOf({ ...emptyForm('UTC'), actions: [{ ...typed, kind }] }).actions?.[0];
  expect(sent('visit')).toMatchObject({ id: 'look', url: 'https://shop.example/' });
  expect(sent('visit')).not.toHaveProperty('answers');
  expect(sent('code_word')).toMatchObject({ answers: ['Yes'] });
  expect(sent('code_word')).not.toHaveProperty('url');
});

test('rows move without loss, and a fault is forgiven where it is mended', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(withValue({ prizes: [{ name: 'a' }, { name: 'b' }] }, ['prizes', '1', 'name'], 'c')).toEqual({
    prizes: [{ name: 'a' }, { name: 'c' }],
  });
  const faults = { '#/prizes': 'x', '#/prizes/0/name': 'y', '#/prizes/1/name': 'z', '#/name': 'n' };
  expect(forgive(faults, '#/prizes/0/name')).toEqual({ '#/prizes/1/name': 'z', '#/name': 'n' });
});

test('what decides is fixed once it has begun, everything once it has ended', () => {
  const contest = (state: Contest['state']) => ({ state }) as Contest;
  expect([isFixed('new', 'slug'), isFixed(contest('draft'), 'prizes'), isFixed(contest('draft'), 'slug')]).toEqual([
    false,
    false,
    true,
  ]);
  expect([isFixed(contest('live'), 'prizes'), isFixed(contest('live'), 'name')]).toEqual([true, false]);
  expect(isFixed(contest('drawn'), 'name')).toBe(true);
});
