import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courses } from '../../../test/course-arbitrary.ts';
import { nodeOf } from '../../../test/course-stage.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { type Archive, openZip } from '../zip.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { readCartridge } from './read.ts';
import { cartridgeFiles, writeCartridge } from './write.ts';

const archive = (files: Record<string, string>): Archive => ({
  names: Object.keys(files),
  read: (name) => new TextEncoder().encode(files[name]),
});

/** A manifest as tools write them, with these items and resources. */
const manifest = (items: string, resources: string, version = '1p1') => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscc${version}/imscp_v1p1" xmlns:lomm="http://ltsc.ieee.org/xsd/imscc/LOM">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
    <lomm:lom><lomm:general><lomm:title><lomm:string language="en-GB">Caf&#233; &amp; more</lomm:string></lomm:title></lomm:general></lomm:lom>
  </metadata>
  <organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="r">${items}</item></organization></organizations>
  <resources>${resources}</resources>
</manifest>`;

const item = (title: string, reference: string | null, inside = '') =>
  `<item identifier="i-${title}"${reference === null ? '' : ` identifierref="${reference}"`}><title>${title}</title>${inside}</item>`;

describe('a Common Cartridge', () => {
  const tools = archive({
    'imsmanifest.xml': manifest(
      item(
        'Week 1',
        null,
        item('Welcome', 'page') + item('Look here', 'link') + item('Talk', 'talk') + item('Quiz', 'quiz'),
      ) +
        item(
          'Week 2',
          null,
          item('Tool', 'tool') + item('Sheet', 'file') + item('Essay', 'work') + item('Gone', 'nowhere'),
        ) +
        item('A heading', null) +
        item('Week 3', 'page', item('Inside', 'text')),
      `<resource identifier="page" type="webcontent" href="wiki%20pages/welcome.html"><file href="wiki%20pages/welcome.html"/><dependency identifierref="picture"/></resource>
       <resource identifier="picture" type="webcontent" href="a.png"><file href="a.png"/></resource>
       <resource identifier="text" type="webcontent"><file href="notes.txt"/></resource>
       <resource identifier="file" type="webcontent" href="sheet.pdf"><file href="sheet.pdf"/></resource>
       <resource identifier="link" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
       <resource identifier="talk" type="imsdt_xmlv1p1"><file href="talk.xml"/></resource>
       <resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
       <resource identifier="bank" type="imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"><file href="bank.xml"/></resource>
       <resource identifier="tool" type="imsbasiclti_xmlv1p0"><file href="tool.xml"/></resource>
       <resource identifier="work" type="assignment_xmlv1p0"><file href="work.xml"/></resource>`,
    ),
    'wiki pages/welcome.html':
      '<html><head><title>x</title></head><body><h2>Hello</h2><p>To <b>you</b> <img src="$IMS-CC-FILEBASE$/a.png" alt="a cat"></p></body></html>',
    'a.png': '',
    'notes.txt': 'Plain *text*',
    'sheet.pdf': '',
    'link.xml':
      '<webLink xmlns="x"><title>L</title><url href="https://a.example/?b=1&amp;c=2" target="_blank"/></webLink>',
    'tool.xml':
      '<cartridge_basiclti_link xmlns:blti="b"><blti:title>T</blti:title><blti:launch_url>https://tool.example/launch</blti:launch_url></cartridge_basiclti_link>',
    'work.xml': '<assignment><title>E</title><text texttype="text/html">&lt;p&gt;Write.&lt;/p&gt;</text></assignment>',
  });

  it('becomes units and lessons, and says what does not', () => {
    const { name, language, nodes, notes } = readCartridge(tools);
    expect({ name, language }).toEqual({ name: 'Café & more', language: 'en-GB' });
    const markdown = '## Hello\n\nTo **you** a cat';
    const [first, second, third] = ['week-1', 'week-2', 'week-3'];
    expect(nodes.map((node) => JSON.parse(JSON.stringify(node, (_, value) => value ?? undefined)))).toMatchObject([
      { id: first, type: 'unit', title: 'Week 1' },
      { id: 'welcome', parent: first, type: 'lesson', kind: 'page', markdown },
      { id: 'look-here', parent: first, kind: 'external', url: 'https://a.example/?b=1&c=2' },
      { id: second, type: 'unit' },
      { id: 'tool', parent: second, kind: 'external', url: 'https://tool.example/launch' },
      { id: 'sheet', parent: second, kind: 'download' },
      { id: 'essay', parent: second, kind: 'assignment', markdown: 'Write.' },
      { id: third, type: 'unit' },
      { id: 'week-3-2', parent: third, title: 'Week 3', markdown },
      { id: 'inside', parent: third, markdown: 'Plain *text*' },
    ]);
    expect(notes.map(({ where }) => where)).toEqual([
      ...['Welcome', 'Talk', 'Quiz', 'Tool', 'Sheet', 'Gone', 'A heading', 'Week 3', 'bank'],
    ]);
  });

  it('may be thin: a manifest and links', () => {
    const thin = manifest(
      item('Read', 'l'),
      '<resource identifier="l" type="imswl_xmlv1p3" href="l.xml"><file href="l.xml"/></resource>',
      'v1p3',
    );
    const files = {
      'x/imsmanifest.xml': thin,
      'x/l.xml': '<w:webLink xmlns:w="x"><w:url href="http://a.example/"/></w:webLink>',
    };
    expect(readCartridge(archive(files)).nodes).toMatchObject([{ kind: 'external', url: 'http://a.example/' }]);
  });

  const read = (text: string | Uint8Array, more: Record<string, string> = {}) =>
    readCartridge({
      ...archive({ 'imsmanifest.xml': '', ...more }),
      read: (name) =>
        name === 'imsmanifest.xml' && typeof text !== 'string'
          ? text
          : new TextEncoder().encode(more[name] ?? String(text)),
    });

  it.each([
    ['<!DOCTYPE m [<!ENTITY a "aaaa">]><manifest>&a;</manifest>', /DOCTYPE/],
    ['<manifest><organizations>', /well-formed/],
    ['<other/>', /"manifest"/],
    ['<manifest/>', /no items/],
    [new Uint8Array([0x3c, 0x6d, 0xff, 0x3e]), /utf-8/],
    [new TextEncoder().encode('<?xml version="1.0" encoding="klingon"?><manifest/>'), /klingon/],
    [manifest(`${'<item>'.repeat(200)}${'</item>'.repeat(200)}`, ''), /deep|well-formed/],
    [
      manifest(item('a', 'r').repeat(2001), '<resource identifier="r" type="webcontent" href="a.txt"/>'),
      /at most 2000/,
    ],
  ])('that is none says what is wrong: %#', (text, message) => {
    let detail = '';
    try {
      read(text, { 'a.txt': 'text' });
    } catch (error) {
      detail = (error as { detail: string }).detail;
      expect(error).toMatchObject({ code: 'course_file_invalid' });
    }
    expect(detail).toMatch(message);
  });

  it('is read in UTF-16 as well', () => {
    const text = manifest(item('Über', 'r'), '<resource identifier="r" type="webcontent" href="a.txt"/>').replace(
      'UTF-8',
      'UTF-16',
    );
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(read(bytes, { 'a.txt': 'text' }).nodes).toMatchObject([{ title: 'Über' }]);
  });

  it('is written so that it comes back with its tree, texts and links', () => {
    const nodes = [
      nodeOf({ id: 'week', type: 'unit', title: 'Week <1> & more', opens: { kind: 'date', from: '2030-01-01T00:00' } }),
      nodeOf({
        id: 'page',
        parent: 'week',
        type: 'lesson',
        title: 'Page',
        markdown: '# Hi\n\n- one\n  1. two\n- three\n\n|a|b|\n|-|-|\n|1|**2**|\n\n> q\n\n```js\nx < 1\n```',
      }),
      nodeOf({
        id: 'site',
        parent: 'week',
        type: 'lesson',
        title: 'Site',
        kind: 'external',
        url: 'https://a.example/?b=1&c=2',
      }),
      nodeOf({ id: 'empty', type: 'unit', title: 'Secret', hidden: true }),
    ];
    const course = { name: 'A & b', description: 'About', language: 'de', nodes };
    const again = readCartridge(openZip(writeCartridge(course)));
    expect(again).toMatchObject({ name: 'A & b', description: 'About', language: 'de', notes: [] });
    expect(again.nodes.map(({ parent, type, title, url }) => [parent, type, title, url])).toEqual([
      [null, 'unit', 'Week <1> & more', null],
      ['week-1-more', 'lesson', 'Page', null],
      ['week-1-more', 'lesson', 'Site', 'https://a.example/?b=1&c=2'],
    ]);
    expect(readMarkdown(again.nodes[1]?.markdown ?? '').map(({ kind }) => kind)).toEqual(
      readMarkdown(nodes[1]?.markdown ?? '').map(({ kind }) => kind),
    );
    const notes = cartridgeFiles(course).get('notes.txt');
    expect(notes).toContain('Week <1> & more: opens not taken over.');
    expect(notes).toContain('Secret: hidden');
  });

  it('is written of any course, and read again', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const shown = course.nodes.some(({ hidden, parent }) => !hidden && parent === null);
        if (shown)
          expect(readCartridge(openZip(writeCartridge(course))).nodes.length).toBeLessThanOrEqual(course.nodes.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('HTML', () => {
  it('becomes Markdown that means the same', () => {
    const html =
      '<h1>Ti*tle</h1><p>Some <b> bold </b>and <a href="https://a.b/c?d=1&amp;e=2">li<i>nk</i></a><br>1. x</p>' +
      '<ul><li>one<ol><li>a</li><li><p>b</p></li></ol></li><li>two</li></ul><blockquote><p>q</p><p>r</p></blockquote>' +
      '<pre><code>x &lt; y\n  z</code></pre><table><tr><th>A</th><th>B|</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>' +
      '<hr><p># no</p><p>1. no</p><p>&amp;lt; &copy;</p><script>x<p></script>';
    const { markdown, lost } = htmlToMarkdown(html);
    expect(lost).toBe(0);
    const blocks = readMarkdown(markdown).map(({ kind, level, number, runs, cells }) =>
      [
        kind,
        level || '',
        number ?? '',
        runs.map(({ text }) => text).join(''),
        cells.map((cell) => cell[0]?.text).join(';'),
      ]
        .join(' ')
        .trim(),
    );
    expect(blocks).toEqual([
      ...[
        'heading 1  Ti*tle',
        'paragraph   Some bold and link\n1. x',
        'item 1  one',
        'item 2 1 a',
        'item 2 2 b',
        'item 1  two',
      ],
      ...['quote 1  q', 'quote 1  r', 'code   x < y\n  z', 'row    A;B|', 'row    1;2', 'rule', 'paragraph   # no'],
      ...['paragraph   1. no', 'paragraph   &lt; ©'],
    ]);
  });

  it('leads nowhere by odd addresses', () => {
    const { markdown, lost } = htmlToMarkdown(
      '<a href="java&#115;cript:alert(1)">x</a><img src="data:x" alt="y"><a href="/z">z</a>',
    );
    expect({ markdown, lost }).toEqual({ markdown: 'xyz', lost: 3 });
  });

  it('of whatever kind becomes text, soon', () => {
    const parts = [
      '<p>',
      '</p>',
      '<ul>',
      '<li>',
      '</li>',
      '</ul>',
      '<b>',
      '</b>',
      '<a href="',
      '">',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<pre>',
      '<!--',
      '-->',
      '<script>',
      '<',
      '>',
      '&#',
      '"',
      'x',
      '\n',
      '<blockquote>',
      '`',
      '<code>',
      '</code>',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 50 }), (all) => void htmlToMarkdown(all.join(''))),
      { numRuns: 500 },
    );
    for (const part of parts) {
      const began = performance.now();
      htmlToMarkdown(part.repeat(200_000 / part.length));
      expect(performance.now() - began, part).toBeLessThan(3_000);
    }
  });
});
