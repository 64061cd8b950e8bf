import { expect, test } from 'vitest';
import type { Message } from '../i18n/speak.ts';
import { type VideoKey, words } from './words.ts';

const placeholders = (message: Message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

test.each(['es', 'pt'])('%s has the words of English and their placeholders, and does not shout', (name) => {
  const [english, other] = [words.en, words[name]] as [Record<VideoKey, Message>, Record<VideoKey, Message>];
  expect(Object.keys(other)).toEqual(Object.keys(english));
  for (const key of Object.keys(english) as VideoKey[]) {
    expect(placeholders(other[key]), key).toEqual(placeholders(english[key]));
  }
  expect(JSON.stringify([english, other])).not.toMatch(/[!¡]/);
});
