import type { Language } from '../i18n/index.ts';
import type { Message } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';

/**
 * Teaches the reader's language what contests say: `false` until that has been read. Where it cannot be read, the words are English.
 */
export function learn({ chunk }: Kit, { locale }: Language, english: Readonly<Record<string, Message>>): boolean {
  const name = locale.slice(0, 2).toLowerCase();
  if (name !== 'es' && name !== 'pt') return true;
  const first: Record<string, Message> | undefined = chunk(name)?.words;
  const more = chunk(`${name}contest`);
  if (more === undefined) return false;
  const words: Readonly<Record<string, Message>> = more?.words ?? {};
  for (const key in english) if (first) first[key] ??= words[key] ?? (english[key] as Message);
  return true;
}
