import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { bytesOf, compareBytes, utf8 } from './bytes.ts';

/** What takes part in a draw: an id and how many tickets it has, a whole number from 1. */
export interface DrawEntry {
  id: string;
  weight: number;
}

/** What decides where labels come: bytes of any length, or hexadecimal digits. */
interface Chance {
  salt: Uint8Array | string;
  randomness: Uint8Array | string;
}

/** Most tickets of one entry. */
export const mostTickets = 1_000_000;

const ending = Uint8Array.of(1);

/**
 * HKDF-SHA-256 (RFC 5869) by parts: `extract` once, then the first block of `expand` for each label. It answers with the same 32
 * bytes each time, overwritten: half a million tickets would else be half a million times five small objects.
 */
function positionOf({ salt, randomness }: Chance): (label: string) => Uint8Array {
  const keyed = hmac.create(sha256, hmac(sha256, bytesOf(salt), bytesOf(randomness)));
  const scratch = keyed.clone();
  const position = new Uint8Array(32);
  return (label) => {
    keyed._cloneInto(scratch);
    scratch.update(utf8(label)).update(ending).digestInto(position);
    return position;
  };
}

/**
 * The labels of an entry's tickets: its id for one, else `id#1` to `id#weight`.
 * @throws TypeError for an id that contains `#`, RangeError for a weight that is no whole number from 1 to `mostTickets`
 */
export function* ticketLabels({ id, weight }: DrawEntry): Generator<string> {
  if (id.includes('#')) throw new TypeError(`An id must not contain "#": ${id}`);
  if (!Number.isInteger(weight) || weight < 1 || weight > mostTickets) {
    throw new RangeError(`A weight must be a whole number from 1 to ${mostTickets}, not ${weight} of ${id}.`);
  }
  if (weight === 1) yield id;
  else for (let ticket = 1; ticket <= weight; ticket++) yield `${id}#${ticket}`;
}

/**
 * Where each comes in a draw by `vrs-w1`: the lower, bytewise, the better.
 *
 * `PRK = HMAC-SHA256(salt, randomness)`; the position of a label is `HMAC-SHA256(PRK, label ‖ 0x01)`. With `labels` each text
 * is one ticket; with `entries` an id has as many tickets as its weight and takes the lowest of their positions. No position
 * depends on any other, nor on the order given.
 * @returns id or label → 32 bytes
 * @throws TypeError for a label or id that comes twice or an id that contains `#`, RangeError for a weight that is no whole number from 1
 */
export function drawPositions(input: Chance & { labels: readonly string[] }): Map<string, Uint8Array>;
export function drawPositions(input: Chance & { entries: readonly DrawEntry[] }): Map<string, Uint8Array>;
export function drawPositions(
  input: Chance & { labels?: readonly string[]; entries?: readonly DrawEntry[] },
): Map<string, Uint8Array> {
  const position = positionOf(input);
  const positions = new Map<string, Uint8Array>();
  const keep = (id: string, tickets: Iterable<string>) => {
    if (positions.has(id)) throw new TypeError(`"${id}" takes part twice.`);
    let best: Uint8Array | undefined;
    for (const ticket of tickets) {
      const each = position(ticket);
      if (best === undefined || compareBytes(each, best) < 0) best = each.slice();
    }
    if (best) positions.set(id, best);
  };
  for (const label of input.labels ?? []) keep(label, [label]);
  for (const entry of input.entries ?? []) keep(entry.id, ticketLabels(entry));
  return positions;
}

/** Ids in the order of a draw, the best first. */
export const drawOrder = (positions: ReadonlyMap<string, Uint8Array>): string[] =>
  [...positions]
    .sort(([oneId, one], [otherId, other]) => compareBytes(one, other) || compareBytes(utf8(oneId), utf8(otherId)))
    .map(([id]) => id);
