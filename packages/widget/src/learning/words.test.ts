import { expect, test } from 'vitest';
import { words as catalogue } from '../catalogue/words.ts';
import { words as course } from '../course/words.ts';
import { enrolWords } from '../enrolling/words.ts';
import { words as es } from '../i18n/escourse.ts';
import { words as pt } from '../i18n/ptcourse.ts';
import type { Message } from '../i18n/speak.ts';
import { words as progress } from '../progress/words.ts';
import type { CourseWords } from './speech.ts';
import { learningWords } from './words.ts';

const english: CourseWords = { learning: learningWords, enrolling: enrolWords, progress, course, catalogue };

const placeholders = (message: Message) =>
  (typeof message === 'string' ? [message] : Object.values(message)).map((text) =>
    [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' '),
  );

test.each(Object.entries({ es, pt }))(
  '%s has the messages of English, their placeholders and plural forms',
  (_, words) => {
    for (const face of Object.keys(english) as (keyof CourseWords)[]) {
      const [here, there]: Readonly<Record<string, Message>>[] = [words[face], english[face]];
      expect(Object.keys(here ?? {}).sort()).toEqual(Object.keys(there ?? {}).sort());
      for (const [key, message] of Object.entries(there ?? {})) {
        expect(new Set(placeholders(here?.[key] ?? '')), `${face} ${key}`).toEqual(new Set(placeholders(message)));
        expect(typeof here?.[key], `${face} ${key}`).toBe(typeof message);
      }
    }
  },
);

test('no catalogue shouts', () => {
  for (const words of [english, es, pt]) expect(JSON.stringify(words)).not.toMatch(/[!¡]/);
});
