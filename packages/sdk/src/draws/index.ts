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
export { type DrandChain, instantOfRound, quicknet, roundAt, verifyDrandRound } from './drand.ts';
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
export { otpChain } from './otp-chain.ts';
export { type DrawEntry, drawOrder, drawPositions, mostTickets, ticketLabels } from './positions.ts';
export { canonicalSources, type PublicNumbers, rfc3797 } from './rfc3797.ts';
