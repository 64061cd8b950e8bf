import { expect, test } from 'vitest';
import { plain } from './plain.ts';

test.each([
  [
    '# Baking\n\nBread **you** can *trust*, from [flour](https://x.example) to loaf.',
    'Bread you can trust, from flour to loaf.',
  ],
  ['Two\nlines `code` ~~gone~~.', 'Two lines code gone.'],
  ['> Quoted\n> words', 'Quoted words'],
  ['snake_case_name and 2 * 3 * 4 stay', 'snake_case_name and 2 * 3 * 4 stay'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['![Loaf](https://x.example/a.png)\n\nAfter the picture.', 'After the picture.'],
  ['\\*not emphasis\\*', '*not emphasis*'],
  [null, ''],
])('%s', (markdown, text) => {
  expect(plain(markdown)).toBe(text);
});
