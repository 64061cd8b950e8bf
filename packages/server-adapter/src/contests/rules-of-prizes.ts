import type { ContestSettings } from '../db/contest-tables.ts';
import { counted, list, ordinal } from './rules-words.ts';

/** What is to be won, and by how many. */
export function prizes({ prizes: all, kind, instantWin }: ContestSettings): string[] {
  let place = 0;
  const placed = all.map(({ name, description, winners, atPoints }) => {
    const from = place + 1;
    place += winners;
    const places = winners === 1 ? ordinal(from) : `${ordinal(from)} to ${ordinal(place)}`;
    const who =
      kind === 'milestone' && atPoints !== undefined
        ? `the first ${winners === 1 ? '' : `${winners} `}to reach ${counted(atPoints, 'point')}`
        : `${places} place`;
    return `${name}: ${who} (${counted(winners, 'winner')}).${description === null ? '' : ` ${description}`}`;
  });
  const instant = (instantWin?.prizes ?? []).map(
    ({ name, stock }) => `${name}: ${counted(stock, 'piece')}, won at once by a play.`,
  );
  return placed.length + instant.length > 0 ? [...placed, ...instant] : ['There are no prizes to be won.'];
}

/** How winners get what they won. */
export function claiming({ prizes: all, claim, publishResults }: ContestSettings): string[] {
  if (all.length === 0) return [];
  const published =
    publishResults === 'automatically'
      ? 'The results are published as soon as the winners are known.'
      : 'The organiser publishes the results after checking them.';
  if (!claim) return ['Winners need not claim their prize: the organiser gets in touch with them.', published];
  const asked = claim.fields.map(({ label, required }) => `“${label}”${required ? '' : ' (if they like)'}`);
  return [
    `Winners are told, and claim their prize within ${counted(claim.days, 'day')} of being told. After that it goes to the next in the order.`,
    ...(asked.length > 0 ? [`They are asked for: ${list(asked)}. Nobody but the organiser reads the answers.`] : []),
    published,
  ];
}

/** Who gets a prize that its winner does not get. */
export function substitutes({ prizes: all, claim }: ContestSettings): string[] {
  if (all.length === 0) return [];
  return [
    `The prize of a winner who is disqualified${claim ? ', or does not claim it in time,' : ''} goes to the next in the order, who is known from the start. Nothing is drawn again.`,
  ];
}
