import {
  type Contest,
  claimForm,
  everyAction,
  type Mine,
  mineOf,
  prize,
  type Results,
  raffle,
  type Step,
  settings,
  someSources,
  step,
  type Team,
  teamOf,
  won,
} from './contest-parts.ts';
import { resultsOf } from './draw.ts';
import { crowd } from './people.ts';
import type { Scenario } from './scenario.ts';
import { at, day } from './time.ts';

const hour = 3_600_000;

/** What a scripted API knows of a contest beside its settings. */
export interface Part {
  mine: Mine;
  history?: Step[];
  results?: Results['items'] | null;
  evidence?: 'good' | 'forged' | 'broken';
  team?: Team | null;
  /** Prizes of the next plays. */
  plays?: (string | null)[];
  /** The caller's cohort: its division, or none. */
  cohort?: boolean;
}

const over = { startsAt: at(-40 * day), endsAt: at(-2 * day) } as const;

/** A scenario of a contest; `mine` from what is said of it. */
function contest(
  changes: Partial<Contest>,
  mine: Partial<Mine> = {},
  part: Omit<Partial<Part>, 'mine'> = {},
): Scenario {
  const about = { ...settings, period: 'contest' as const, ...changes };
  return { people: crowd(24), me: 4, contest: about, part: { mine: mineOf(about, mine), ...part } };
}

const entered = { points: 12, entries: 12, sources: someSources } as const;
const actions = everyAction();

/** Some steps done, one waiting, one locked. */
const underWay = (): Mine['actions'] =>
  mineOf({ actions, kind: 'raffle' }).actions.map((each) => {
    if (each.id === 'quiz') return { ...each, state: 'done' };
    if (each.id === 'daily') return { ...each, state: 'waiting', opensAt: at(9 * hour) };
    return each.kind === 'share' ? { ...each, channels: ['whatsapp'] } : each;
  });

const instant = (mugs: number, coupons: number) =>
  contest(
    {
      kind: 'instant_win',
      name: 'A little luck',
      instantWin: {
        playsPerDay: 2,
        prizes: [
          { name: 'Enamel mug', oneIn: 500, stock: 20 },
          { name: '10 % off', oneIn: 10, stock: 5000 },
        ],
      },
    },
    {
      playsLeft: 2,
      stockLeft: [
        { prize: 'Enamel mug', left: mugs },
        { prize: '10 % off', left: coupons },
      ],
    },
    { plays: [null, 'Enamel mug'] },
  );

const leaders = (tiePolicy: Contest['tiePolicy']) =>
  contest(
    { name: 'Spring challenge', tiePolicy, prizes: [prize('Grinder'), prize('Enamel mug', 9)] },
    { points: 41, sources: someSources },
  );

const long = 'Eine außerordentlich ausführliche Bezeichnung, die gar nicht mehr enden möchte und trotzdem passen muss';

/** Every state of contests the gallery shows, made anew at each call. */
export const contestScenarios: Record<string, () => Scenario> = {
  raffle: () => contest({ ...raffle, actions }, { ...entered, actions: underWay() }),
  raffleFresh: () => contest({ ...raffle, actions }, { allEntries: 3468 }),
  raffleAlone: () =>
    contest({ ...raffle, prizes: [prize('Coffee for a year')], actions: [] }, { ...entered, allEntries: 12 }),
  raffleOne: () => contest({ ...raffle, prizes: [prize('Coffee for a year')], mostEntries: 100 }, { ...entered }),
  asksToJoin: () =>
    contest(
      {
        ...raffle,
        names: 'opt_in',
        eligibility: { countries: ['PT', 'ES', 'BR', 'DE'], minimumAge: 18, verifiedEmail: true },
      },
      { joined: false, missing: ['joining', 'country', 'age', 'email', 'rules'], showName: false, points: 3 },
    ),
  soonRaffle: () =>
    contest({
      ...raffle,
      actions: actions.slice(0, 3),
      state: 'scheduled',
      startsAt: at(3 * day),
      endsAt: at(30 * day),
    }),
  pausedRaffle: () =>
    contest({ ...raffle, actions: actions.slice(0, 3), state: 'paused' }, entered, {
      history: [
        step('draft', 'scheduled', 90),
        step('scheduled', 'live', 70),
        step('live', 'paused', 3, 'Our shop is moving; back on Monday.'),
      ],
    }),
  extendedRaffle: () =>
    contest({ ...raffle, actions: [] }, entered, {
      history: [step('scheduled', 'live', 70), step('live', 'live', 3, 'Two more days, since the mail was late.')],
    }),
  milestones: () =>
    contest(
      {
        kind: 'milestone',
        name: 'Spring milestones',
        prizes: [
          prize('Sticker set', 500, { atPoints: 10 }),
          prize('Enamel mug', 50, { atPoints: 60 }),
          prize('Grinder', 5, { atPoints: 250 }),
        ],
      },
      { points: 41, sources: someSources },
    ),
  leaders: () => leaders('earliest'),
  leadersShared: () => leaders('shared'),
  leadersDrawn: () => leaders('draw'),
  waitlist: () =>
    contest(
      { kind: 'waitlist', name: 'The new roastery', description: 'Be among the first to visit it.' },
      { points: 3, sources: someSources.slice(0, 2), position: { position: 214, of: 3400 } },
    ),
  waitlistJoin: () =>
    contest({ kind: 'waitlist', name: 'The new roastery' }, { joined: false, missing: ['joining', 'rules'] }),
  instant: () => instant(20, 5000),
  instantGone: () => instant(0, 1233),
  teamsNone: () =>
    contest({ name: 'Team spring', teamSize: 5, prizes: [prize('Tasting for the team')] }, entered, { team: null }),
  teamsMine: () =>
    contest({ name: 'Team spring', teamSize: 5, prizes: [prize('Tasting for the team')] }, entered, { team: teamOf() }),
  league: () =>
    contest(
      {
        kind: 'league',
        name: 'Coffee league',
        period: 'week',
        league: { size: 10, promote: 3, demote: 3, divisions: ['Bronze', 'Silver', 'Gold'] },
      },
      entered,
      { cohort: true },
    ),
  leagueNone: () =>
    contest({
      kind: 'league',
      name: 'Coffee league',
      period: 'week',
      league: { size: 10, promote: 3, demote: 3, divisions: ['Bronze'] },
    }),
  frozenRaffle: () => contest({ ...raffle, ...over, state: 'frozen' }, entered, { results: null }),
  endedRaffle: () =>
    contest({ ...raffle, ...over, state: 'closed' }, entered, { results: resultsOf(), evidence: 'good' }),
  unpublished: () =>
    contest({ ...raffle, ...over, state: 'drawn', publishResults: 'by_hand' }, entered, {
      results: null,
      evidence: 'good',
    }),
  winner: () =>
    contest(
      { ...raffle, ...over, state: 'drawn', claim: claimForm },
      { ...entered, won: [{ ...won(), place: 2, prize: 'Enamel mug' }] },
      { results: resultsOf(), evidence: 'good' },
    ),
  lapsed: () =>
    contest(
      { ...raffle, ...over, state: 'drawn', claim: claimForm },
      { ...entered, won: [won({ state: 'lapsed', place: 4, prize: 'Enamel mug' })] },
      { results: resultsOf(), evidence: 'good' },
    ),
  claimedPrize: () =>
    contest(
      { ...raffle, ...over, state: 'closed' },
      { ...entered, won: [won({ state: 'claimed', place: 3, prize: 'Enamel mug' })] },
      { results: resultsOf(), evidence: 'good' },
    ),
  forged: () => contest({ ...raffle, ...over, state: 'closed' }, entered, { results: resultsOf(), evidence: 'forged' }),
  unreadable: () =>
    contest({ ...raffle, ...over, state: 'closed' }, entered, { results: resultsOf(), evidence: 'broken' }),
  nobodyWon: () => contest({ ...raffle, ...over, state: 'closed' }, {}, { results: [], evidence: 'good' }),
  takenOut: () =>
    contest(
      { ...raffle, actions },
      { ...entered, disqualified: { reason: 'Points from accounts of one person.', at: at(-day) } },
    ),
  strangeContest: () =>
    contest(
      {
        ...raffle,
        name: long,
        description: `${long}\n<img src=x onerror=alert(1)> \u202Egnp.exe`,
        prizes: [prize(long, 1, { description: long }), prize('קפה לשנה שלמה', 3)],
        actions: [
          ...actions.slice(0, 1).map((each) => ({ ...each, title: long })),
          {
            ...actions[3],
            id: 'word',
            kind: 'code_word' as const,
            title: '🎁\u200B\u202Eevil',
            points: 1_000_000,
            after: [],
          },
        ],
        teamSize: 1000,
        rules: { sponsor: long, contact: null, terms: null },
      },
      {
        points: 900_000_000,
        entries: 1_000_000,
        allEntries: 9_999_999,
        sources: [{ source: 'conversion', name: long, times: 123_456, points: 900_000_000 }],
      },
      {
        team: {
          ...teamOf(),
          name: long,
          members: crowd(3).map(([name], index) => ({
            id: `b${index}`,
            name: index ? name : long,
            score: 9_000_000,
            self: index === 0,
          })),
        },
      },
    ),
  strangeWinners: () =>
    contest({ ...raffle, ...over, state: 'closed' }, entered, {
      results: resultsOf().map((each, index) =>
        index === 0 ? { ...each, name: long, prize: long } : index === 1 ? { ...each, name: 'محمد الأمين' } : each,
      ),
      evidence: 'good',
    }),
};
