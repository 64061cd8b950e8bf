import { Block } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readMarkdown } from './read-markdown.ts';

/** What stands out of the ordinary in each block. */
const brief = (markdown: string) =>
  readMarkdown(markdown).map(({ kind, runs, level, number, checked, language, src, cells, header }) => [
    level || header ? `${kind} ${header ? 'header' : level}` : kind,
    cells.length > 0
      ? cells.map((cell) => cell.map(({ text }) => text).join(''))
      : runs.map(({ text, marks, href }) => [text, ...marks, ...(href === null ? [] : [href])].join('|')),
    ...[number, checked, language, src].filter((each) => each !== null),
  ]);

describe('Markdown is read', () => {
  it('with headings, marks and links', () => {
    expect(brief('# A *b* `c`\n\nSee **[here](https://a.example/x)** ~~not~~,\nor www.b.example.')).toEqual([
      ['heading 1', ['A ', 'b|emphasis', ' ', 'c|code']],
      [
        'paragraph',
        [
          'See ',
          'here|strong|https://a.example/x',
          ' ',
          'not|strike',
          ', or ',
          'www.b.example|http://www.b.example/',
          '.',
        ],
      ],
    ]);
  });

  it('with lists, tasks and quotes in one another', () => {
    expect(brief('3. one\n4. two\n   - [x] deep\n\n   more\n\n> quoted\n> > twice\n\n---')).toEqual([
      ['item 1', ['one'], 3],
      ['item 1', ['two'], 4],
      ['item 2', ['deep'], true],
      ['paragraph', ['more']],
      ['quote 1', ['quoted']],
      ['quote 2', ['twice']],
      ['rule', []],
    ]);
  });

  it('with tables, code and breaks', () => {
    expect(brief('|a|b|\n|-|-|\n|1|**2**|\n\n```js\nx <y>\n```\n\none  \ntwo')).toEqual([
      ['row header', ['a', 'b']],
      ['row', ['1', '2']],
      ['code', ['x <y>'], 'js'],
      ['paragraph', ['one\ntwo']],
    ]);
  });

  it('with images as blocks of their own, and references', () => {
    expect(
      brief('Look ![a cat](https://a.example/c.png) here\n\n- ![b][b]\n\n[c][b]\n\n[b]: https://b.example/b'),
    ).toEqual([
      ['paragraph', ['Look ']],
      ['image', ['a cat'], 'https://a.example/c.png'],
      ['paragraph', [' here']],
      ['item 1', []],
      ['image', ['b'], 'https://b.example/b'],
      ['paragraph', ['c|https://b.example/b']],
    ]);
  });

  it('with HTML as text', () => {
    expect(brief('<script>alert(1)</script>\n\na <b onclick="x">b</b>')).toEqual([
      ['paragraph', ['<script>alert(1)</script>']],
      ['paragraph', ['a <b onclick="x">b</b>']],
    ]);
  });

  it('with footnotes at the end', () => {
    expect(brief('a[^1]\n\n[^1]: the note\n\nb')).toEqual([
      ['paragraph', ['a[1]']],
      ['paragraph', ['b']],
      ['paragraph', ['[1] the note']],
    ]);
  });
});

const schema = z.array(Block);
const isSafe = (href: string) => /^(https?:\/\/|mailto:|#)/.test(href);

describe('hostile Markdown', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '/relative',
    'https://bank.example@evil.example/',
    `https://a.example/${'a'.repeat(3000)}`,
    '&#106;avascript:alert(1)',
    'java\tscript:alert(1)',
  ])('leads nowhere by %s', (address) => {
    const blocks = readMarkdown(`[words](<${address}>) ![image](<${address}>) [again][r]\n\n[r]: <${address}>`);
    const runs = blocks.flatMap(({ runs }) => runs);
    expect(blocks.filter(({ kind }) => kind === 'image')).toEqual([]);
    expect(runs.filter(({ href }) => href !== null)).toEqual([]);
    expect(runs.map(({ text }) => text).join('')).toContain('words');
  });

  const fragments = [
    ...['>', '> ', '- ', '1. ', '[', ']', '![', '](', ')', '*', '_', '**', '~~', '`', '```\n', '<', '<a href="', '|'],
    ...[
      '\n',
      '\n\n',
      '    ',
      '\t',
      '# ',
      '===\n',
      '---\n',
      '|-|-|\n',
      '[a]: b\n',
      '[^1]',
      '[^1]: x\n',
      'www.',
      'http://',
    ],
    ...['a@b.c', '&amp;', '&#0;', '\\', 'javascript:', 'x', '\u0000', '\ud800', '\u202e', '- [ ] ', '- [x] ', '<!--'],
  ];

  it('is always blocks of the contract, and leads to safe places only', () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 5 })), { maxLength: 60 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const blocks = readMarkdown(parts.join(''));
        expect(schema.safeParse(blocks).success).toBe(true);
        const runs = blocks.flatMap(({ runs, cells }) => [...runs, ...cells.flat()]);
        for (const { href } of runs) if (href !== null) expect(href).toSatisfy(isSafe);
        for (const { src } of blocks) if (src !== null) expect(src).toMatch(/^https?:\/\//);
      }),
      { numRuns: 500 },
    );
  });

  it.each([...fragments.filter((each) => each.trim() !== ''), '[a](b', '*a **b_', '> - ', 'a\n=\n', '[a][b'])(
    'of 100 000 characters of %j ends soon',
    (fragment) => {
      const began = performance.now();
      const blocks = readMarkdown(fragment.repeat(Math.floor(100_000 / fragment.length)));
      expect(blocks.length).toBeLessThan(100_000);
      // Two seconds at most, and what a busy machine adds.
      expect(performance.now() - began).toBeLessThan(6_000);
    },
  );

  it('nested beyond all measure keeps its words', () => {
    for (const text of [`${'> '.repeat(40_000)}deep`, `${'*_'.repeat(20_000)}deep${'_*'.repeat(20_000)}`]) {
      expect(JSON.stringify(readMarkdown(text))).toContain('deep');
    }
  });

  it('cannot be made longer by what it refers to', () => {
    const blocks = readMarkdown(`[a]: https://a.example/${'a'.repeat(50_000)}\n\n${'[a] '.repeat(1900)}`);
    expect(JSON.stringify(blocks).length).toBeLessThan(200_000);
  });
});
