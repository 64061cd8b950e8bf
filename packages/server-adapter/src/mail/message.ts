import { LaurelProblem } from '../problem.ts';

/** A message as a transport gets it. */
export interface MailMessage {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** `Message-ID` (RFC 5322 §3.6.4): the same at every try, so that a repetition can be told. */
  messageId: string;
}

const control = /\p{Cc}/u;

/**
 * Refuses a message whose headers could hold more than their own line, or that has more than one recipient.
 * @throws LaurelProblem internal_error
 */
export function assertOneLineHeaders({ from, to, subject, messageId }: MailMessage): void {
  const bad = Object.entries({ from, to, subject, messageId }).find(([, value]) => control.test(value));
  if (bad) throw new LaurelProblem('internal_error', `The ${bad[0]} of a message holds control characters.`);
  if (/[,;<>\s]/.test(to)) throw new LaurelProblem('internal_error', 'A message has one recipient, its bare address.');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it stands in HTML, also inside an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
