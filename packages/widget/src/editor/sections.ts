import type { ComponentChild } from 'preact';
import { choose, field, listFault, pick, tick } from '../forms/fields.ts';
import { rows } from '../forms/rows.ts';
import { slugOf } from '../forms/slug.ts';
import { instantsOf } from '../forms/zoned-time.ts';
import { play, prize } from './form.ts';
import { edit, type FormPen } from './pen.ts';
import { askedFields, points } from './points.ts';
import { section } from './section.ts';

const kinds = ['leaderboard', 'raffle', 'milestone', 'waitlist', 'instant_win', 'league'];

function what(pen: FormPen) {
  const isNew = pen.contest === 'new';
  return section(
    pen,
    'partWhat',
    true,
    [],
    field(pen, '#/name', 'name', {
      most: 120,
      also: (name) => {
        const { form } = pen.editor.state.peek();
        // The slug follows the name until somebody types one.
        if (isNew && form && form.slug === slugOf(pen.form.name)) edit(pen, '#/slug', slugOf(name));
      },
    }),
    field(pen, '#/slug', 'slug', {
      most: 64,
      hint: isNew ? 'slugHint' : 'slugFixed',
      attributes: { dir: 'ltr', spellcheck: false },
    }),
    field(pen, '#/description', 'description', { as: 'area', most: 2000, optional: true }),
    choose(pen, '#/kind', 'kind', 'kind', kinds),
    (pen.form.kind === 'league' && leagueFields(pen)) || (pen.form.kind === 'instant_win' && instantWinFields(pen)),
  );
}

function leagueFields(pen: FormPen) {
  return [
    listFault(pen, '#/league'),
    field(pen, '#/league/size', 'leagueSize', { as: 'number' }),
    field(pen, '#/league/promote', 'leaguePromote', { as: 'number' }),
    field(pen, '#/league/demote', 'leagueDemote', { as: 'number' }),
    field(pen, '#/league/divisions', 'leagueDivisions', { as: 'lines', hint: 'leagueDivisionsHint' }),
  ];
}

function instantWinFields(pen: FormPen) {
  return [
    listFault(pen, '#/instantWin'),
    field(pen, '#/instantWin/playsPerDay', 'playsPerDay', { as: 'number' }),
    rows(pen, {
      pointer: '#/instantWin/prizes',
      title: 'plays',
      one: 'playOne',
      add: 'playAdd',
      most: 20,
      make: () => play(),
      row: (at) => [
        field(pen, `${at}/name`, 'prizeName', { most: 120, wide: true }),
        field(pen, `${at}/oneIn`, 'oneIn', { as: 'number' }),
        field(pen, `${at}/stock`, 'stock', { as: 'number' }),
      ],
    }),
  ];
}

/** A date and time, with what is odd about it in its zone. */
function time(pen: FormPen, name: 'startsAt' | 'endsAt', again: 'startsAgain' | 'endsAgain') {
  const { form, h, say } = pen;
  const found = instantsOf(form[name], form.timeZone);
  return h(
    'div',
    { class: 'when' },
    field(pen, `#/${name}`, name, { as: 'time' }),
    found?.happens === 'never' &&
      h(
        'p',
        { class: 'small note' },
        say('timeNever', { time: pen.date(new Date(found.first).toISOString(), form.timeZone) }),
      ),
    found?.happens === 'twice' && tick(pen, `#/${again}`, 'timeTwice'),
  );
}

function when(pen: FormPen) {
  const { h, form, contest } = pen;
  const begun = contest !== 'new' && pen.fixed('startsAt') && !pen.fixed('name');
  return section(
    pen,
    'partWhen',
    true,
    ['startsAt'],
    time(pen, 'startsAt', 'startsAgain'),
    time(pen, 'endsAt', 'endsAgain'),
    begun && h('p', { class: 'small muted whole' }, pen.say('endsByExtend')),
    field(pen, '#/timeZone', 'timeZone', {
      hint: 'timeZoneHint',
      attributes: { list: 'zones', dir: 'ltr', spellcheck: false },
    }),
    h(
      'datalist',
      { id: 'zones' },
      (Intl.supportedValuesOf?.('timeZone') ?? []).map((zone) => h('option', { key: zone, value: zone })),
    ),
    pick(
      pen,
      '#/period',
      'period',
      'period',
      ['contest', 'day', 'week', 'month'],
      form.kind === 'league' ? 'periodLeague' : 'periodHint',
    ),
    tick(pen, '#/hideUntilEnd', 'hideUntilEnd'),
  );
}

function prizes(pen: FormPen) {
  return section(
    pen,
    'partPrizes',
    true,
    ['prizes'],
    rows(pen, {
      pointer: '#/prizes',
      title: 'partPrizes',
      one: 'prizeOne',
      add: 'prizeAdd',
      empty: 'prizeNone',
      most: 100,
      make: () => prize(),
      row: (at) => [
        field(pen, `${at}/name`, 'prizeName', { most: 120, wide: true }),
        field(pen, `${at}/winners`, 'prizeWinners', { as: 'number' }),
        pen.form.kind === 'milestone' && field(pen, `${at}/atPoints`, 'atPoints', { as: 'number' }),
        field(pen, `${at}/description`, 'prizeDescription', { most: 500, wide: true, optional: true }),
      ],
    }),
  );
}

function who(pen: FormPen) {
  return section(
    pen,
    'partWho',
    false,
    ['eligibility'],
    field(pen, '#/eligibility/countries', 'countries', { optional: true, hint: 'countriesHint', wide: true }),
    field(pen, '#/eligibility/minimumAge', 'minimumAge', { as: 'number', optional: true }),
    tick(pen, '#/eligibility/verifiedEmail', 'verifiedEmail'),
    field(pen, '#/teamSize', 'teamSize', { as: 'number', optional: true, hint: 'teamSizeHint' }),
  );
}

function winners(pen: FormPen) {
  const { form } = pen;
  const chance = form.kind === 'raffle' || form.tiePolicy === 'draw';
  return section(
    pen,
    'partWinners',
    false,
    ['tiePolicy', 'draw', 'mostEntries'],
    pick(pen, '#/tiePolicy', 'tiePolicy', 'tie', ['earliest', 'shared', 'draw']),
    form.kind === 'raffle' &&
      field(pen, '#/mostEntries', 'mostEntries', { as: 'number', optional: true, hint: 'mostEntriesHint' }),
    chance && [
      choose(pen, '#/draw/source', 'source', 'source', ['drand', 'numbers']),
      field(pen, '#/draw/delaySeconds', 'delay', { as: 'number', hint: 'delayHint' }),
      field(pen, '#/draw/numbers', 'numbers', {
        as: 'lines',
        hint: form.draw.source === 'drand' ? 'numbersFallbackHint' : 'numbersHint',
        optional: form.draw.source === 'drand',
      }),
    ],
    pick(pen, '#/publishResults', 'publishResults', 'publish', ['automatically', 'by_hand']),
  );
}

function claims(pen: FormPen) {
  return section(
    pen,
    'partClaim',
    false,
    [],
    tick(pen, '#/claims', 'claims', 'claimsHint'),
    pen.form.claims && [field(pen, '#/claim/days', 'claimDays', { as: 'number' }), askedFields(pen, '#/claim/fields')],
  );
}

const openness = ['shown', 'opt_in', 'pseudonyms'];

function rules(pen: FormPen) {
  // Once people have joined, boards can only show fewer names than they were told.
  const fewest = pen.contest !== 'new' && pen.fixed('startsAt') ? openness.indexOf(pen.contest.names) : 0;
  return section(
    pen,
    'partRules',
    false,
    [],
    field(pen, '#/rules/sponsor', 'sponsor', { most: 200, optional: true }),
    field(pen, '#/rules/contact', 'contact', { most: 200, optional: true }),
    field(pen, '#/rules/terms', 'terms', { as: 'area', most: 10_000, optional: true }),
    pick(pen, '#/names', 'names', 'names', openness.slice(fewest), 'namesHint'),
  );
}

/** All parts of the form. */
export const sections = (pen: FormPen): ComponentChild[] =>
  [what, when, prizes, points, who, winners, claims, rules].map((part) => part(pen));
