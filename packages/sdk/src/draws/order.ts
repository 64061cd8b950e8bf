import type { CommittedPrize, ContestKind, TiePolicy } from './commitment.ts';
import { type DrawEntry, drawOrder, drawPositions } from './positions.ts';

/** An entry as it was frozen. */
export interface FrozenEntry extends DrawEntry {
  /** Sequence number of the ledger row that reached the weight; `milestone`: that reached the highest of its milestones. */
  seq: number;
}

/** Somebody’s place: entries that share one have the same rank. */
export interface OrderedEntry {
  id: string;
  rank: number;
}

interface Terms {
  kind: ContestKind;
  tiePolicy: TiePolicy;
}

/** Equal weights matter where points decide; of a milestone’s entries no two are equal. */
const tiesMatter = ({ kind }: Terms) => kind !== 'raffle' && kind !== 'milestone';

/** Whether chance must decide anything: a raffle always, the tie policy `draw` as soon as two weights are equal. */
export function needsChance({ kind, tiePolicy, entries }: Terms & { entries: readonly FrozenEntry[] }): boolean {
  if (kind === 'raffle') return entries.length > 0;
  if (tiePolicy !== 'draw' || !tiesMatter({ kind, tiePolicy })) return false;
  return new Set(entries.map(({ weight }) => weight)).size < entries.length;
}

/** The points of the highest prize that a weight has reached; 0 for none. */
export const milestoneOf = (weight: number, prizes: readonly CommittedPrize[]): number =>
  Math.max(0, ...prizes.map(({ atPoints }) => atPoints ?? 0).filter((points) => points <= weight));

const byWeight = (entries: readonly FrozenEntry[]) =>
  [...entries].sort((one, other) => other.weight - one.weight || one.seq - other.seq);

/** Each with the rank of the first of its weight. */
function shareRanks(sorted: readonly FrozenEntry[]): OrderedEntry[] {
  let rank = 1;
  return sorted.map(({ id, weight }, index) => {
    if (weight !== sorted[index - 1]?.weight) rank = index + 1;
    return { id, rank };
  });
}

const numbered = (ids: readonly string[]): OrderedEntry[] => ids.map((id, index) => ({ id, rank: index + 1 }));

/** What chance is drawn for: an entry’s weight in tickets in a raffle, one ticket each where equals are told apart. */
export const ticketsOf = (kind: ContestKind, entries: readonly DrawEntry[]): DrawEntry[] =>
  entries.map(({ id, weight }) => ({ id, weight: kind === 'raffle' ? weight : 1 }));

/**
 * The order a contest came to, the best first.
 *
 * - `raffle`: by draw position, with as many tickets as weight.
 * - `milestone`: those who reached one, the highest first, then who reached it first.
 * - every other kind: the highest weight first; equal weights by the tie policy: `earliest` and `shared` by `seq` (`shared` with
 *   one rank), `draw` by the position of one ticket each.
 * @param input.salt - the commitment’s hash, 32 bytes
 * @param input.randomness - `null` where `needsChance` says so
 * @param input.positions - of `ticketsOf` the entries, where somebody has computed them already
 * @throws TypeError when chance is needed and there is none
 */
export function drawnOrder(
  input: Terms & {
    prizes: readonly CommittedPrize[];
    entries: readonly FrozenEntry[];
    salt: Uint8Array;
    randomness: Uint8Array | null;
    positions?: ReadonlyMap<string, Uint8Array>;
  },
): OrderedEntry[] {
  const { kind, tiePolicy, prizes, entries, salt, randomness } = input;
  if (kind === 'milestone') {
    const reached = entries.flatMap((entry) => {
      const points = milestoneOf(entry.weight, prizes);
      return points > 0 ? [{ ...entry, weight: points }] : [];
    });
    return numbered(byWeight(reached).map(({ id }) => id));
  }
  if (!needsChance(input)) {
    const sorted = byWeight(entries);
    return tiePolicy === 'shared' ? shareRanks(sorted) : numbered(sorted.map(({ id }) => id));
  }
  if (randomness === null) throw new TypeError('Chance decides here: the randomness is needed.');
  const drawn = drawOrder(input.positions ?? drawPositions({ salt, randomness, entries: ticketsOf(kind, entries) }));
  if (kind === 'raffle') return numbered(drawn);
  const weights = new Map(entries.map(({ id, weight }) => [id, weight]));
  return numbered(drawn.sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0)));
}
