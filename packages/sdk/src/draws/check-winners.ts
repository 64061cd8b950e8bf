import type { CommitmentDocument } from './commitment.ts';
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
 * Whether each took the place that was next: the first that nobody had and whose points were reached, or one whose holders all
 * lost it. Those who share a rank share its place.
 * @throws Flaw
 */
function checkPlaces(
  { winners, entries }: Evidence,
  document: CommitmentDocument,
  order: readonly OrderedEntry[],
): void {
  const { kind, tiePolicy, prizes } = document;
  const places = givingOrder(prizes);
  const points = new Map(entries.map(([id, weight]) => [id, weight]));
  const ranks = new Map(order.map(({ id, rank }) => [id, rank]));
  const held = new Map<number, Evidence['winners']>();
  for (const winner of winners) {
    const { number, place, prize, entryId } = winner;
    const reached = (atPoints: number | undefined) =>
      kind !== 'milestone' || (atPoints ?? 0) <= (points.get(entryId) ?? 0);
    const its = places.find((each) => each.place === place)?.prize;
    hold(its?.name === prize, `Place ${place} does not win "${prize}".`);
    hold(reached(its?.atPoints), `${entryId} did not reach the points of "${prize}".`);
    const first = places.find((each) => !held.has(each.place) && reached(each.prize.atPoints));
    const holders = held.get(place) ?? [];
    const isFree = holders.some(({ state }) => !isActive(state));
    const isShared = tiePolicy === 'shared' && ranks.get(entryId) === place;
    hold(
      isFree || isShared || first?.place === place,
      `Winner ${number} had to take place ${first?.place}, not ${place}.`,
    );
    held.set(place, [...holders, winner]);
    const active = (held.get(place) ?? []).filter(({ state }) => isActive(state));
    hold(active.length <= 1 || tiePolicy === 'shared', `Place ${place} is held twice.`);
  }
}

/** Whether places went to the first in order. @throws Flaw */
export function checkWinners(evidence: Evidence, document: CommitmentDocument, order: readonly OrderedEntry[]): string {
  checkSelection(evidence);
  checkPlaces(evidence, document, order);
  const { winners } = evidence;
  const active = winners.filter(({ state }) => isActive(state)).length;
  return `${winners.length} selected in order, ${active} of them hold a place.`;
}
