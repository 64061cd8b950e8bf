import { cookieDomainFor } from '../attribution/click-cookie.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/**
 * Refuses what a programme cannot do as it stands: take people in without a text they agree to, or set a cookie for a domain
 * that the API does not live in. Where the API lives is known
 * from `publicUrl`; without it a cookie that does not fit is the API host's alone.
 * @throws LaurelProblem validation_failed
 */
export function assertWorkable(
  { joining, consent_text = null, cookie_domain = null }: Partial<Row<'program'>>,
  publicUrl: string | undefined,
): void {
  if (joining === 'open' && consent_text === null) {
    throw fieldProblem('consentText', 'is required where joining is open');
  }
  if (cookie_domain !== null && publicUrl !== undefined && cookieDomainFor(cookie_domain, publicUrl) === null) {
    throw fieldProblem('cookieDomain', `must be ${new URL(publicUrl).hostname} or a domain above it`);
  }
}

const fieldProblem = (field: string, detail: string) =>
  new LaurelProblem('validation_failed', `${field} ${detail}.`, { errors: [{ pointer: `#/${field}`, detail }] });
