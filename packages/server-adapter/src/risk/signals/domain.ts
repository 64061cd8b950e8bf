import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';
import { genericDomains } from './generic-domains.ts';

/** A domain that more participants than this have is a provider's, whoever runs it. */
export const mostColleagues = 50;

/** An e-mail domain in common, now or before, at which not just anybody has an address. */
export function domain({ referrer, referee, domainSizes, sameMailbox }: Facts): Found<SignalCode>[] {
  const shared = referee.domains.filter(
    (each) =>
      referrer.domains.includes(each) && !genericDomains.has(each) && (domainSizes[each] ?? 0) <= mostColleagues,
  );
  if (shared.length === 0 || sameMailbox) return [];
  const former = !shared.some((each) => each === referrer.domains[0] && each === referee.domains[0]);
  const reason = former
    ? 'One of them had an e-mail address at the domain of the other before.'
    : 'Both have an e-mail address at the same domain, as colleagues do.';
  return [{ code: 'same_domain', reason }];
}
