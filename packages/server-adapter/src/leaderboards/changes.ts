import type { UuidWords } from './uuid-words.ts';
import { writeUuid } from './uuid-words.ts';

/** Who moved lately on the board of one contest, by ledger rows. */
export interface Changes {
  /** Takes in the ledger row with this sequence number; one that does not follow the last begins anew. */
  push(seq: number, participant: UuidWords): void;
  /** Participants with rows after `position` up to `seq`, the latest first, at most `limit`; `null` when not all are known. */
  between(position: number, seq: number, limit: number): string[] | null;
}

/** Makes the list of the last `capacity` rows. */
export function createChanges(capacity = 4096): Changes {
  const words = new Uint32Array(capacity * 4);
  // Rows after `first` up to `last` are known.
  let first = 0;
  let last = 0;
  return {
    push: (seq, participant) => {
      if (seq <= last && seq > first) return;
      if (seq !== last + 1) first = seq - 1;
      last = seq;
      first = Math.max(first, last - capacity);
      words.set(participant, (seq % capacity) * 4);
    },
    between: (position, seq, limit) => {
      if (position < first || seq > last) return position === seq ? [] : null;
      const found = new Set<string>();
      for (let each = seq; each > position && found.size < limit; each--) {
        found.add(writeUuid(words, (each % capacity) * 4));
      }
      return [...found];
    },
  };
}
