/**
 * The building blocks of a draw that anyone can verify (`vrs-w1`). They run in servers and browsers alike.
 *
 * @example
 * ```ts
 * import { drawOrder, drawPositions } from '@laurelkit/sdk/draws';
 * const order = drawOrder(drawPositions({ salt, randomness, entries: [{ id: 'a', weight: 3 }, { id: 'b', weight: 1 }] }));
 * ```
 */
export { fromHex, toHex } from './bytes.ts';
export { canonicalJson } from './canonical-json.ts';
export { mostTicketsInAll } from './check-entries.ts';
export { decidingRound } from './check-freeze.ts';
export {
  type CommitmentDocument,
  type CommittedPrize,
  type CommittedSource,
  type ContestKind,
  commitmentHash,
  type TiePolicy,
} from './commitment.ts';
export {
  brokenLink,
  type DisqualificationLink,
  disqualificationHash,
  noDisqualification,
} from './disqualification.ts';
export {
  chainOfInfo,
  type DrandChain,
  type DrandInfo,
  instantOfRound,
  isSameChain,
  quicknet,
  roundAt,
  verifyDrandRound,
} from './drand.ts';
export type { Evidence, EvidenceRandomness } from './evidence.ts';
export { receiptText, type SignedReceipt } from './evidence-receipt.ts';
export { type InstantPrize, outcomeOf } from './instant-win.ts';
export {
  leafOrder,
  type MerkleSumRoot,
  merkleSumReceipts,
  merkleSumRoot,
  type ProofStep,
  type Receipt,
  verifyReceipt,
} from './merkle-sum.ts';
export { drawnOrder, type FrozenEntry, milestoneOf, needsChance, type OrderedEntry, ticketsOf } from './order.ts';
export { otpChain } from './otp-chain.ts';
export { givingOrder, type Place, placesOf } from './places.ts';
export { type DrawEntry, drawOrder, drawPositions, mostTickets, ticketLabels } from './positions.ts';
export { canonicalSources, type PublicNumbers } from './public-numbers.ts';
export { receiptFault, receiptInEvidence, verifySignedReceipt } from './receipt.ts';
export { receiptFaultOnPage } from './receipt-on-page.ts';
export { rfc3797 } from './rfc3797.ts';
export {
  evidenceChecks,
  type VerificationStep,
  type VerifyOptions,
  verificationSteps,
  verifyEvidence,
} from './verify-evidence.ts';
export { type ListedPlay, type PlayStep, type PlaysToVerify, playChecks, verifyPlays } from './verify-plays.ts';
