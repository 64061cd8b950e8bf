import { fromHex, toHex, utf8 } from './bytes.ts';
import type { CommitmentDocument } from './commitment.ts';
import { type DrandChain, isSameChain, verifyDrandRound } from './drand.ts';
import type { Evidence, EvidenceRandomness } from './evidence.ts';
import { hold } from './flaw.ts';
import { canonicalSources } from './public-numbers.ts';

type Given<Kind> = Extract<EvidenceRandomness, { kind: Kind }>;

function checkBeacon(
  { round, signature, randomness }: Given<'drand'>,
  { source }: CommitmentDocument,
  deciding: number | null,
  chains: readonly DrandChain[],
): string {
  hold(source.kind === 'drand', 'A beacon decided, but none was committed.');
  hold(round === deciding, `Round ${round} decided, but it had to be ${deciding}.`);
  const { chain } = source;
  hold(
    chains.some((each) => isSameChain(each, chain)),
    `The beacon ${chain.hash} is not one that is known here. Whoever runs it may know its rounds in advance: name it if you trust it.`,
  );
  const checked = verifyDrandRound({ chain, round, signature });
  hold(checked.valid, `The signature is not the beacon’s of round ${round}.`);
  hold(checked.randomness === randomness, 'The randomness is not SHA-256 of the signature.');
  return `Signature of round ${round} of the beacon ${chain.hash}.`;
}

function checkNumbers({ numbers, randomness }: Given<'numbers'>, document: CommitmentDocument): string {
  const { source, fallback } = document;
  const named = source.kind === 'numbers' ? source.numbers : source.kind === 'drand' ? fallback?.numbers : undefined;
  hold(named !== undefined, 'Public numbers decided, but none were committed.');
  hold(numbers.length === named.length && numbers.every((each) => each.length > 0), 'A source has no numbers.');
  const canonical = canonicalSources(numbers);
  hold(toHex(utf8(canonical)) === randomness, 'The randomness is not the canonical form of the numbers.');
  const compare = named.map((name, index) => `${name}: ${numbers[index]?.join(' ')}`).join('; ');
  const instead = source.kind === 'drand' ? `, because round ${source.round} could not be reached for a day` : '';
  return `Public numbers decided${instead}. Compare them with what was published: ${compare}.`;
}

/**
 * The bytes that decided, and what was checked of them; `null` where chance decided nothing.
 * @param chains - beacons that are trusted
 * @throws Flaw
 */
export function checkRandomness(
  { randomness, freeze }: Evidence,
  document: CommitmentDocument,
  chains: readonly DrandChain[],
): { bytes: Uint8Array | null; detail: string } {
  if (randomness === null) return { bytes: null, detail: 'Chance decided nothing.' };
  const detail =
    randomness.kind === 'drand'
      ? checkBeacon(randomness, document, freeze.round, chains)
      : checkNumbers(randomness, document);
  return { bytes: fromHex(randomness.randomness), detail };
}
