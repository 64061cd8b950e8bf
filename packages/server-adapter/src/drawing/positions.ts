import { type DrawEntry, drawPositions, ticketLabels } from '@laurelkit/sdk/draws';
import { letOthersIn } from '../let-others-in.ts';

/** What decides where tickets come. */
export interface Chance {
  salt: Uint8Array;
  randomness: Uint8Array;
}

/** Tickets between two turns: a few milliseconds. */
const turn = 500;

const lower = (one: Uint8Array | undefined, other: Uint8Array) =>
  one && Buffer.compare(one, other) <= 0 ? one : other;

/**
 * `drawPositions` of the SDK for any number of tickets, without holding up requests: no position depends on any other, so they
 * are computed a few at a time.
 */
export async function positionsInTurns(
  entries: readonly DrawEntry[],
  { salt, randomness }: Chance,
): Promise<Map<string, Uint8Array>> {
  const positions = new Map<string, Uint8Array>();
  let labels: string[] = [];
  let owners: string[] = [];
  const flush = async () => {
    let index = 0;
    for (const position of drawPositions({ salt, randomness, labels }).values()) {
      const owner = owners[index++] as string;
      positions.set(owner, lower(positions.get(owner), position));
    }
    labels = [];
    owners = [];
    await letOthersIn();
  };
  for (const entry of entries) {
    for (const label of ticketLabels(entry)) {
      labels.push(label);
      owners.push(entry.id);
      if (labels.length === turn) await flush();
    }
  }
  if (labels.length > 0) await flush();
  return positions;
}
