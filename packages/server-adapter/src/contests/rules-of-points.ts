import type { ContestSettings } from '../db/contest-tables.ts';
import type { RulesFacts } from './rules-document.ts';
import { counted, list } from './rules-words.ts';

type Action = ContestSettings['actions'][number];

/** What earns points, and what takes them back. */
export function howPointsAreEarned({ scoring, settings: { actions } }: RulesFacts): string[] {
  const events = scoring.map(({ event, points }) => `${counted(points, 'point')} ${occasion(event)}`);
  return [
    ...events.map((each) => `${each}.`),
    ...(scoring.length > 1 ? ['Where several of these fit one event, the first of them counts.'] : []),
    ...actions.map((action, index) => `${counted(action.points, 'point')} ${done(action, actions.slice(0, index))}`),
    'The organiser can also give points for other things; each time is recorded with its points.',
    'What is reversed, such as a purchase that is returned, or a referral that turns out to be none, takes its points back as long as the contest is not over.',
    'Only what happens while the contest runs counts. Points that arrive after the entries are fixed are kept, and not counted.',
  ];
}

/** How points can be had without a purchase, where there is a way. */
export function withoutBuying({ scoring, settings: { actions } }: RulesFacts): string[] {
  const ways = actions.filter(({ kind }) => kind !== 'host').map(({ title }) => `“${title}”`);
  if (ways.length === 0) return [];
  const joins = scoring.some(({ event }) => event === 'referral');
  return [
    `No purchase is needed to take part or to win. These earn points without one: ${list(ways)}${joins ? '; and so does everybody who joins through a participant’s link' : ''}.`,
    'A purchase does not raise the worth of points earned otherwise.',
  ];
}

/** What each event that Laurel counts by itself is. */
const occasions: Record<string, string> = {
  referral: 'each time somebody joins through the participant’s link',
  '*': 'for each purchase or other conversion by somebody who joined through the participant’s link',
  'lesson.completed': 'for each lesson of the organiser’s courses that the participant completes',
  'unit.completed': 'for each unit of the organiser’s courses that the participant completes',
  'course.completed': 'for each of the organiser’s courses that the participant completes',
};

/** A name of the organiser’s own may be what a friend does, what a participant learns or does, or all of them. */
const occasion = (event: string): string =>
  occasions[event] ??
  `for each event “${event}”: a purchase or other conversion of this name by somebody who joined through the participant’s link, a part of a course of this name that the participant completes, or what the organiser records under this name for the participant`;

function done({ kind, title, channels, after }: Action, earlier: readonly Action[]): string {
  const how: Record<Action['kind'], string> = {
    visit: 'once, for visiting a page',
    answer: 'once, for the right answer to a question',
    code_word: 'once, for the right code word',
    share: `for each of ${list(channels ?? [])}, once, when somebody else follows the link shared there`,
    form: 'once, for filling in a form',
    host: 'once, when the organiser confirms it',
    daily: 'once a day, for coming back',
  };
  const first = earlier.filter(({ id }) => after.includes(id)).map((each) => `“${each.title}”`);
  return `${how[kind]}: “${title}”${first.length > 0 ? ` (opens after ${list(first)})` : ''}.`;
}
