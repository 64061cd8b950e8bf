import type { RulesDocument } from '../db/contest-tables.ts';
import type { ContestRow } from '../db/references.ts';
import { checkedDraw, howWinnersAreChosen } from './rules-of-draws.ts';
import { howPointsAreEarned, withoutBuying } from './rules-of-points.ts';
import { claiming, prizes, substitutes } from './rules-of-prizes.ts';
import { list, whenIn } from './rules-words.ts';

/** What of a contest its official rules say. */
export type RulesFacts = Pick<
  ContestRow,
  'name' | 'starts_at' | 'ends_at' | 'time_zone' | 'period' | 'scoring' | 'hide_until_end' | 'settings'
>;

/**
 * The official rules of a contest, in English, made from its settings and nothing else. A section without paragraphs is
 * left out.
 */
export function rulesDocument(contest: RulesFacts): RulesDocument {
  const sections: [heading: string, paragraphs: string[]][] = [
    ['Who runs it', organiser(contest)],
    ['Who may take part', whoMayTakePart(contest)],
    ['When', when(contest)],
    ['How points are earned', howPointsAreEarned(contest)],
    ['Taking part without buying', withoutBuying(contest)],
    ['Prizes', prizes(contest.settings)],
    ['How winners are chosen', howWinnersAreChosen(contest.settings)],
    ['How it can be checked', checkedDraw(contest.settings)],
    ['Names on boards', names(contest)],
    ['Claiming a prize', claiming(contest.settings)],
    ['Substitutes', substitutes(contest.settings)],
    ['Pausing and extending', pausing],
    ['Disqualification', disqualification],
    ['Privacy', privacy(contest)],
    ['Further terms', contest.settings.rules.terms?.split(/\r?\n/).filter((line) => line.trim() !== '') ?? []],
  ];
  return {
    title: `Official rules: ${contest.name}`,
    sections: sections.flatMap(([heading, paragraphs]) => (paragraphs.length > 0 ? { heading, paragraphs } : [])),
  };
}

function organiser({ settings: { rules } }: RulesFacts): string[] {
  return [
    rules.sponsor === null
      ? 'The contest is run by the operator of the website it is shown on.'
      : `The contest is run by ${rules.sponsor}.`,
    ...(rules.contact === null ? [] : [`Questions and complaints: ${rules.contact}`]),
  ];
}

function whoMayTakePart({ settings: { eligibility } }: RulesFacts): string[] {
  const { countries, minimumAge, verifiedEmail } = eligibility;
  const regions = new Intl.DisplayNames('en', { type: 'region' });
  const asked = [
    ...(countries
      ? [
          `They live in ${list(
            countries.map((code) => `${regions.of(code)} (${code})`),
            'or',
          )}.`,
        ]
      : []),
    ...(minimumAge === null ? [] : [`They are at least ${minimumAge} years old.`]),
    ...(verifiedEmail ? ['Their e-mail address is confirmed.'] : []),
  ];
  if (asked.length === 0) return ['Everybody who has an account with the organiser may take part and win.'];
  return [
    'Everybody who has an account with the organiser may take part. To win, all of this must be so:',
    ...asked,
    'Participants confirm this when they join the contest, before its end. Who does not can earn points and stand on the board, but is not among those who can win.',
  ];
}

function when({ starts_at, ends_at, time_zone, period }: RulesFacts): string[] {
  const periods = {
    day: 'The board is also kept for each day, from midnight to midnight in this time zone.',
    week: 'The board is also kept for each week, from Monday to Sunday in this time zone.',
    month: 'The board is also kept for each calendar month in this time zone.',
  };
  return [
    `The contest begins on ${whenIn(starts_at, time_zone)} and ends on ${whenIn(ends_at, time_zone)}, in the time zone ${time_zone} (in UTC: ${starts_at.toISOString()} to ${ends_at.toISOString()}).`,
    'The first instant counts, the last does not: what happens at the very instant of the end is too late. The clock of the organiser’s database decides.',
    ...(period === 'contest' ? [] : [periods[period]]),
  ];
}

function names({ hide_until_end, settings }: RulesFacts): string[] {
  const shown = {
    shown: 'Boards show the name a participant has chosen to be called, and a made-up one for those who chose none.',
    opt_in:
      'Boards show a made-up name for each participant, and the chosen name of those only who agreed to it in this contest.',
    pseudonyms: 'Boards show made-up names only. Participants see which one is theirs.',
  };
  return [
    shown[settings.names],
    ...(hide_until_end ? ['Until the end nobody but the organiser sees the board.'] : []),
    'Boards, entries and results never show e-mail addresses, telephone numbers or account numbers.',
  ];
}

const pausing = [
  'The organiser can pause the contest, for instance when something is out of order. During a pause nothing earns points; what was earned before stays. The end does not move by itself.',
  'The organiser can move the end further away while the contest runs, never closer. Every pause, resumption and extension is recorded with the reason the organiser gave, for everybody to read.',
  'What decides the outcome does not change once the contest has begun. Other changes of these rules make a new version; all versions stay readable.',
];

const disqualification = [
  'Who cheats, or wins by mistake of the rules above, can be disqualified. Every disqualification is recorded with its reason in a chain that cannot be altered unseen. It moves nobody else in the order.',
];

function privacy({ settings }: RulesFacts): string[] {
  const asks = settings.actions.some(({ kind }) => kind === 'form') || (settings.claim?.fields.length ?? 0) > 0;
  return [
    'The contest keeps who took part, for what they got points and when, and what they confirmed when they joined: to keep the board, to find the winners and to prove both afterwards.',
    ...(asks ? ['What participants write into forms is stored encrypted and read by the organiser only.'] : []),
    'What is published of the draw are numbers and identifiers made for this contest alone. They do not say who somebody is.',
  ];
}
