import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** One card or account paid for both: one person, or one household. */
export const payment = ({ samePayment }: Facts): Found<SignalCode>[] =>
  samePayment ? [{ code: 'same_payment', reason: 'Both paid with the same card or account.' }] : [];
