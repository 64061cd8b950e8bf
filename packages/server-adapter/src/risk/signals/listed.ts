import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

const codes = {
  participant: 'listed_participant',
  email: 'listed_email',
  email_domain: 'listed_domain',
  ip: 'listed_ip',
} as const satisfies Record<string, SignalCode>;

const words = { participant: 'account', email: 'e-mail address', email_domain: 'e-mail domain', ip: 'IP address' };

/** Somebody the host has listed. */
export const listed = (facts: Facts): Found<SignalCode>[] =>
  facts.listed.map(({ kind, side }) => ({
    code: codes[kind],
    reason: `The ${words[kind]} of the ${side === 'referrer' ? 'person who invited' : 'invited person'} is on your risk list.`,
  }));
