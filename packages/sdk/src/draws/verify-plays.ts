import { sha256 } from '@noble/hashes/sha2';
import { bytesOf, toHex } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { type CommitmentDocument, commitmentHash } from './commitment.ts';
import { readCommitment } from './evidence-shape.ts';
import { Flaw, hold } from './flaw.ts';
import { outcomeOf } from './instant-win.ts';

/** A play as `GET /contests/{contest}/plays` lists it. */
export interface ListedPlay {
  number: number;
  /** The prize’s name; `null`: nothing. */
  prize: string | null;
  /** ISO 8601. */
  playedAt: string;
}

export const playChecks = ['commitment', 'seed', 'numbers', 'plays'] as const;

/** One thing that was checked. */
export interface PlayStep {
  name: (typeof playChecks)[number];
  ok: boolean;
  /** What was found, in English. */
  detail: string;
}

/** What to check plays by. */
export interface PlaysToVerify {
  /** Version 1 of the contest’s commitments, as `GET /contests/{contest}/draw` and evidence list it: made before the first play. */
  commitment: { document: string; hash: string; committedAt: string };
  /** As `plays` shows it once the contest has ended: hexadecimal digits, or bytes. */
  seed: Uint8Array | string;
  /** The contest’s id. */
  contest: string;
  /** All of them, by number. */
  plays: readonly ListedPlay[];
}

type Promised = NonNullable<CommitmentDocument['instantWin']>;

function readPromise({ commitment, contest, plays }: PlaysToVerify): Promised {
  hold(commitmentHash(commitment.document) === commitment.hash, 'The hash is not that of the document.');
  const document = readCommitment(JSON.parse(commitment.document));
  hold(canonicalJson(document) === commitment.document, 'The document is not in canonical form.');
  hold(document.contest === contest, 'It is of another contest.');
  const { instantWin } = document;
  hold(instantWin !== null, 'It promises no instant win.');
  const [first] = plays;
  hold(
    first === undefined || Date.parse(commitment.committedAt) <= Date.parse(first.playedAt),
    'It was made after the first play: nothing was promised before.',
  );
  return instantWin;
}

function checkSeed({ seed }: PlaysToVerify, { seedHash }: Promised): string {
  hold(toHex(sha256(bytesOf(seed))) === seedHash, 'The seed is not the one that was committed.');
  return `Its hash is ${seedHash}.`;
}

function checkNumbers({ plays }: PlaysToVerify): string {
  const wrong = plays.findIndex(({ number }, index) => number !== index + 1);
  hold(wrong === -1, `Play ${wrong + 1} is missing, or not in its place.`);
  return `${plays.length} without a gap.`;
}

function checkPlays({ seed, contest, plays }: PlaysToVerify, { prizes }: Promised): string {
  const bytes = bytesOf(seed);
  const left = prizes.map(({ stock }) => stock);
  for (const { number, prize } of plays) {
    const hit = outcomeOf(bytes, contest, number, prizes);
    const remaining = hit === null ? 0 : (left[hit] ?? 0);
    if (hit !== null && remaining > 0) left[hit] = remaining - 1;
    const name = hit !== null && remaining > 0 ? prizes[hit]?.name : null;
    hold(name === prize, `Play ${number} comes to ${name ?? 'nothing'}, not to ${prize ?? 'nothing'}.`);
  }
  return 'Each is what the seed says.';
}

/**
 * Checks the plays of an instant win that is over: that the seed is the one which was committed before the first play, and each
 * play’s outcome what it says. Never throws, whatever it is given.
 */
export function verifyPlays(given: PlaysToVerify): { valid: boolean; steps: PlayStep[] } {
  let promised: Promised | undefined;
  const known = () => {
    if (!promised) throw new Flaw('Cannot be told: the commitment does not hold.');
    return promised;
  };
  const checks: Record<PlayStep['name'], () => string> = {
    commitment: () => {
      promised = readPromise(given);
      return `It promises ${promised.prizes.map(({ name }) => `“${name}”`).join(', ')}.`;
    },
    seed: () => checkSeed(given, known()),
    numbers: () => checkNumbers(given),
    plays: () => checkPlays(given, known()),
  };
  const steps = playChecks.map((name): PlayStep => {
    try {
      return { name, ok: true, detail: checks[name]() };
    } catch (error) {
      return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  });
  return { valid: steps.every(({ ok }) => ok), steps };
}
