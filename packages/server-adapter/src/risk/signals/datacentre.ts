import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** A machine in a datacentre, not a person at home or on a train. */
export const datacentre = (facts: Facts): Found<SignalCode>[] =>
  facts.datacentre ? [{ code: 'datacentre_ip', reason: 'The invited person came from a datacentre’s network.' }] : [];
