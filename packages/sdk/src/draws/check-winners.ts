import type { CommitmentDocument, CommittedPrize } from './commitment.ts';
import type { Evidence } from './evidence.ts';
import { hold } from './flaw.ts';
import type { OrderedEntry } from './order.ts';
import { givingOrder } from './places.ts';

type State = Evidence['winners'][number]['state'];

const isActive = (state: State) => state === 'selected' || state === 'claimed';

/**
 * Whether those selected are the order from its beginning, but for those who were taken out before it was their turn.
 * @throws Flaw
 */
function checkSelection({ winners, order, disqualifications }: Evidence): void {
  const takenOut = new Set(disqualifications.map(({ entryId }) => entryId));
  let at = 0;
  for (const [index, { number, entryId, state }] of winners.entries()) {
    hold(number === index + 1, `Winner ${index + 1} is missing.`);
    let next = order[at++];
    while (next !== undefined && next !== entryId && takenOut.has(next)) next = order[at++];
    hold(next === entryId, `Winner ${number} is ${entryId}, but ${next ?? 'nobody'} was next in order.`);
    const isTakenOut = takenOut.has(entryId);
    hold(!isTakenOut || !isActive(state), `${entryId} was taken out, and holds a place nevertheless.`);
    hold(isTakenOut || state !== 'disqualified', `${entryId} was taken out without a logged reason.`);
  }
}

/**
 * Whether each took the place that was next: the first that nobody had and whose points were reached, or one that was lost. Those
 * of one rank take one place together, and the places after it as well: of two that are first, nobody is second.
 * @throws Flaw
 */
function checkPlaces(
  { winners, entries }: Evidence,
  { kind, prizes }: CommitmentDocument,
  order: readonly OrderedEntry[],
) {
  const places = new Map(givingOrder(prizes).map(({ place, prize }) => [place, prize]));
  const neverTaken = new Map(places);
  const active = new Set<number>();
  const points = new Map(entries.map(([id, weight]) => [id, weight]));
  const ranks = new Map(order.map(({ id, rank }) => [id, rank]));
  const [countTaken, countActive] = [counter(), counter()];
  for (const [index, { number, place, prize, entryId, state }] of winners.entries()) {
    const reaches = (its?: CommittedPrize) =>
      kind !== 'milestone' || (its?.atPoints ?? 0) <= (points.get(entryId) ?? 0);
    const its = places.get(place);
    hold(its?.name === prize, `Place ${place} does not win "${prize}".`);
    hold(reaches(its), `${entryId} did not reach the points of "${prize}".`);
    const next = firstOf(neverTaken, reaches);
    const [rank, before] = [ranks.get(entryId), winners[index - 1]];
    if (before && ranks.get(before.entryId) === rank) {
      hold(place === before.place, `Winner ${number} shares place ${before.place}.`);
    } else {
      const isFree = !active.has(place) && (!neverTaken.has(place) || place === next);
      hold(isFree, `Winner ${number} had to take place ${next}, not ${place}.`);
    }
    neverTaken.delete(place + countTaken(`${place}/${rank}`));
    if (isActive(state)) active.add(place + countActive(`${place}/${rank}`));
  }
}

/** How often it was asked about a key before. */
function counter() {
  const counts = new Map<string, number>();
  return (key: string) => {
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return before;
  };
}

function firstOf<Key, Value>(map: ReadonlyMap<Key, Value>, test: (value: Value) => boolean): Key | undefined {
  for (const [key, value] of map) if (test(value)) return key;
  return undefined;
}

/** Whether places went to the first in order. @throws Flaw */
export function checkWinners(evidence: Evidence, document: CommitmentDocument, order: readonly OrderedEntry[]): string {
  checkSelection(evidence);
  checkPlaces(evidence, document, order);
  const { winners } = evidence;
  const active = winners.filter(({ state }) => isActive(state)).length;
  return `${winners.length} selected in order, ${active} of them hold a place.`;
}
