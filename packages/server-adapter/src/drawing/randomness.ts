import { type CommitmentDocument, canonicalSources, instantOfRound } from '@laurelkit/sdk/draws';
import type { Beacon } from './beacon.ts';

/** What a frozen contest still waits for. */
export interface Awaiting {
  terms: CommitmentDocument;
  /** The beacon’s round that decides; `null` where none does. */
  round: number | null;
  numbers: string[][] | null;
  /** Whether two entries weigh the same. */
  tied: boolean;
  entries: number;
  now: Date;
}

/** What decided, or that nothing had to. */
export type Decision =
  | { kind: 'none'; randomness: null; signature: null }
  | { kind: 'drand'; randomness: Buffer; signature: string }
  | { kind: 'numbers'; randomness: Buffer; signature: null };

const nothing: Decision = { kind: 'none', randomness: null, signature: null };

/** The bytes of public numbers: the UTF-8 of their canonical form (RFC 3797, 4.1). */
export const bytesOfNumbers = (numbers: readonly string[][]): Buffer => Buffer.from(canonicalSources(numbers), 'utf8');

/** Whether public numbers must decide; a beacon’s round is decided on at the freeze. */
export const needsNumbers = ({ terms, tied, entries }: Pick<Awaiting, 'terms' | 'tied' | 'entries'>): boolean =>
  terms.source.kind === 'numbers' &&
  (terms.kind === 'raffle' ? entries > 0 : terms.kind !== 'milestone' && terms.tiePolicy === 'draw' && tied);

/** What decides a contest, once it is there; `null` until then. */
export async function decisionOf(awaiting: Awaiting, beacon: Beacon): Promise<Decision | null> {
  const { terms, round, numbers, now } = awaiting;
  if (numbers) return { kind: 'numbers', randomness: bytesOfNumbers(numbers), signature: null };
  if (terms.source.kind === 'numbers') return needsNumbers(awaiting) ? null : nothing;
  if (terms.source.kind === 'none' || round === null) return nothing;
  const { chain } = terms.source;
  if (now.getTime() < instantOfRound(chain, round)) return null;
  const answer = await beacon.roundOf(chain, round);
  return answer && { kind: 'drand', randomness: Buffer.from(answer.randomness, 'hex'), signature: answer.signature };
}
