import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** An address made to be thrown away. */
export const disposable = (facts: Facts): Found<SignalCode>[] =>
  facts.disposable
    ? [{ code: 'disposable_email', reason: 'The invited person’s e-mail address is of a throw-away service.' }]
    : [];
