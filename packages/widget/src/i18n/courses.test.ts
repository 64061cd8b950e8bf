import { expect, test } from 'vitest';
import { en as author } from '../author/words-en.ts';
import { en as learners } from '../learners/words-en.ts';
import { words as esAuthor } from './esauthor.ts';
import { words as esLearners } from './eslearners.ts';
import { words as ptAuthor } from './ptauthor.ts';
import { words as ptLearners } from './ptlearners.ts';
import type { Message } from './speak.ts';

type Words = Record<string, Message>;

const placeholders = (message: Message) =>
  (typeof message === 'string' ? [message] : Object.values(message)).map((text) =>
    [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' '),
  );

test.each<[string, Words, Words]>([
  ['esauthor', author, esAuthor],
  ['ptauthor', author, ptAuthor],
  ['eslearners', learners, esLearners],
  ['ptlearners', learners, ptLearners],
])('%s has the words of English, their placeholders and plural forms, and does not shout', (_, english, other) => {
  expect(Object.keys(other)).toEqual(Object.keys(english));
  for (const key of Object.keys(english)) {
    const [one, same] = [english[key], other[key]] as [Message, Message];
    expect(new Set(placeholders(same)), key).toEqual(new Set(placeholders(one)));
    expect(typeof same, key).toBe(typeof one);
  }
  expect(JSON.stringify([english, other])).not.toMatch(/[!¡]/);
});
