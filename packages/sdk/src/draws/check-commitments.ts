import { fromHex } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { type CommitmentDocument, commitmentHash } from './commitment.ts';
import { roundAt } from './drand.ts';
import type { Evidence } from './evidence.ts';
import { readCommitment } from './evidence-shape.ts';
import { hold } from './flaw.ts';

/** The commitment by which the draw is judged. */
export interface Counting {
  document: CommitmentDocument;
  /** Its hash as bytes. */
  salt: Uint8Array;
}

/** What no extension may change: everything that decides, but for the end and the round that follows from it. */
function fixedTerms({ algorithm, contest, kind, tiePolicy, prizes, mostEntries, ...rest }: CommitmentDocument): string {
  const { substitutes, receiptKey, instantWin, source, fallback } = rest;
  const fixedSource = source.kind === 'drand' ? { ...source, round: null } : source;
  return canonicalJson([
    [algorithm, contest, kind, tiePolicy, prizes, mostEntries],
    [substitutes, receiptKey, instantWin, fixedSource, fallback],
  ]);
}

/** The round that a commitment must name: the first at or after the end and the delay. */
function hasItsRound({ source, endsAt }: CommitmentDocument): boolean {
  if (source.kind !== 'drand') return true;
  return source.round === roundAt(source.chain, Date.parse(endsAt) + source.delaySeconds * 1000);
}

function read({ contest, receiptKey }: Evidence, each: Evidence['commitments'][number], version: number) {
  hold(each.version === version, `Version ${version} is missing.`);
  hold(commitmentHash(each.document) === each.hash, `The hash of version ${version} is not that of its document.`);
  const document = readCommitment(JSON.parse(each.document));
  hold(canonicalJson(document) === each.document, `Version ${version} is not in canonical form.`);
  hold(document.version === version, `The document of version ${version} says it is version ${document.version}.`);
  hold(document.contest === contest.id, `Version ${version} is of another contest.`);
  hold(document.receiptKey === receiptKey, `Version ${version} names another key of receipts.`);
  hold(hasItsRound(document), `Version ${version} names a round that does not follow from its end and delay.`);
  return document;
}

/**
 * The commitment that counts: the last that was made before the end, where each extension was made before the end it moved.
 * @throws Flaw, TypeError for what does not hold
 */
export function checkCommitments(evidence: Evidence): Counting {
  let counting: Counting | undefined;
  for (const [index, each] of evidence.commitments.entries()) {
    const document = read(evidence, each, index + 1);
    const before = counting?.document;
    if (before) {
      hold(fixedTerms(document) === fixedTerms(before), `Version ${index + 1} changes what was promised before.`);
      hold(document.endsAt >= before.endsAt, `Version ${index + 1} ends earlier than the one before.`);
    }
    if (each.committedAt >= (before ?? document).endsAt) continue;
    counting = { document, salt: fromHex(each.hash) };
  }
  hold(counting !== undefined, 'Nothing was committed before the end.');
  const { kind, tiePolicy } = counting.document;
  const { contest } = evidence;
  hold(kind === contest.kind && tiePolicy === contest.tiePolicy, 'The contest is not of the kind that was committed.');
  return counting;
}
