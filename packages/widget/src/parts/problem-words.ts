import type { MessageKey } from '../i18n/en.ts';

/**
 * The sentence for what a call failed with: that of its code where the form has one, else one for too many tries or for
 * no answer.
 */
export function problemWord(error: unknown, known: Readonly<Record<string, MessageKey>>): MessageKey {
  const { code = '' } = (error ?? {}) as { code?: string };
  return known[code] ?? (code === 'too_many_requests' ? 'tooMany' : 'notSent');
}
