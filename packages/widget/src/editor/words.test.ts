import { expect, test } from 'vitest';
import type { Message } from '../i18n/speak.ts';
import { type EditorKey, words } from './words.ts';

const placeholders = (message: Message) =>
  (typeof message === 'string' ? [message] : Object.values(message)).map((text) =>
    [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' '),
  );

test.each(['es', 'pt'])(
  '%s has the words of English, their placeholders and plural forms, and does not shout',
  (name) => {
    const [english, other] = [words.en, words[name]] as [Record<EditorKey, Message>, Record<EditorKey, Message>];
    expect(Object.keys(other)).toEqual(Object.keys(english));
    for (const key of Object.keys(english) as EditorKey[]) {
      expect(new Set(placeholders(other[key])), key).toEqual(new Set(placeholders(english[key])));
      expect(typeof other[key], key).toBe(typeof english[key]);
    }
    expect(JSON.stringify([english, other])).not.toMatch(/[!¡]/);
  },
);
