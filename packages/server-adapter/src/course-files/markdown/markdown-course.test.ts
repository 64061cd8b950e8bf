import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courses } from '../../../test/course-arbitrary.ts';
import { readJsonCourse, writeJsonCourse } from '../json.ts';
import { type Archive, openZip } from '../zip.ts';
import { readMarkdownCourse } from './read.ts';
import { filesOf, writeMarkdownCourse } from './write.ts';

const folder = (files: Record<string, string | Uint8Array>): Archive => ({
  names: Object.keys(files),
  read: (name) => {
    const content = files[name] ?? '';
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  },
});
const brief = (files: Record<string, string>) =>
  readMarkdownCourse(folder(files)).nodes.map(({ id, parent, type, title }) => `${type} ${id} in ${parent}: ${title}`);

describe('a folder of Markdown', () => {
  it('is the same course after it was written and read', () => {
    fc.assert(
      fc.property(courses, (course) => {
        expect(readMarkdownCourse(openZip(writeMarkdownCourse(course)))).toEqual({ ...course, notes: [] });
        expect(readJsonCourse(writeJsonCourse(course))).toEqual({ ...course, notes: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('has folders for units and files for lessons, ordered by numbers', () => {
    expect(
      brief({
        '10-late.md': 'Late',
        '2-early/_unit.md': '---\ntitle: The early week\nlabel: Week\n---\n',
        '2-early/b.md': '# Beta\n\ntext',
        '2-early/1 Ähnlich wie a.md': 'text',
        'Loose ends.md': '',
        'Loose ends/x.md': '---\nid: own\ntitle: X\n---\n',
      }),
    ).toEqual([
      'unit early in null: The early week',
      'lesson ahnlich-wie-a in early: Ähnlich wie a',
      'lesson b in early: Beta',
      'lesson late in null: late',
      'unit loose-ends in null: Loose ends',
      'lesson own in loose-ends: X',
      'lesson loose-ends-2 in null: Loose ends',
    ]);
  });

  it('may stand whole in a folder of its own, with strangers that are told of', () => {
    const { name, description, language, nodes, notes } = readMarkdownCourse(
      folder({
        'garden-main/_course.md': '---\r\nname: The garden\r\nlanguage: de\r\nowner: me\r\n---\r\n\r\nAbout it.\r\n',
        'garden-main/01-start.md': '---\r\ntitle: Start\r\ndraft: true\r\n---\r\n\r\nHello\r\nyou\r\n',
        'garden-main/picture.png': 'x',
        'garden-main/.git/config.md': 'x',
        '__MACOSX/garden-main/._start.md': 'x',
      }),
    );
    expect({ name, description, language }).toEqual({ name: 'The garden', description: 'About it.', language: 'de' });
    expect(nodes).toMatchObject([{ id: 'start', title: 'Start', markdown: 'Hello\nyou' }]);
    expect(notes.map(({ where }) => where).sort()).toEqual([
      ...['garden-main/01-start.md', 'garden-main/_course.md', 'garden-main/picture.png'],
    ]);
  });

  it('takes the title from the first heading, and not twice', () => {
    const [node] = readMarkdownCourse(folder({ 'a.md': '# The *title*\n\nText\n' })).nodes;
    expect(node).toMatchObject({ title: 'The *title*', markdown: 'Text' });
  });

  it('can be deeper than names have room for', () => {
    const nodes = Array.from({ length: 200 }, (_, index) => ({
      ...{ id: `unit-with-a-long-name-${index}`, parent: index ? `unit-with-a-long-name-${index - 1}` : null },
      ...{ type: 'unit' as const, title: `Unit ${index}` },
    }));
    const course = readJsonCourse(
      new TextEncoder().encode(JSON.stringify({ format: 'laurel-course', version: 1, nodes })),
    );
    expect(readMarkdownCourse(openZip(writeMarkdownCourse(course))).nodes).toEqual(course.nodes);
  });

  it('of a draft with ids twice or a unit in itself is written all the same', () => {
    const unit = (id: string, parent: string | null) => ({ id, parent, type: 'unit' as const, title: id });
    const nodes = [unit('a', null), unit('a', null), unit('b', 'a'), unit('c', 'd'), unit('d', 'c')];
    const course = readJsonCourse(
      new TextEncoder().encode(JSON.stringify({ format: 'laurel-course', version: 1, nodes })),
    );
    expect([...filesOf(course).keys()]).toEqual(['_course.md', '01-a/_unit.md', '01-a/01-b/_unit.md', '02-a/_unit.md']);
  });

  it.each([
    [{ 'picture.png': 'x' }, /no Markdown file/],
    [{ 'a.md': '---\ntitle: x' }, /^a\.md: .*no end/],
    [{ 'a.md': '---\ntitle: [\n---\n' }, /^a\.md: .*no YAML/],
    [{ 'a.md': '---\n- x\n---\n' }, /list of names/],
    [{ 'a.md': '---\ntitle: 5\n---\n' }, /^a\.md: title must be a string/],
    [{ 'a.md': '---\nkind: film\n---\n' }, /^a\.md: kind must be one of/],
    [{ 'a.md': '---\na: &a [x]\nb: [*a, *a]\n---\n' }, /no YAML/],
    [{ 'a.md': '---\nid: one\n---\n', 'b.md': '---\nid: one\n---\n' }, /^b\.md: .*a\.md/],
    [{ 'a.md': new Uint8Array([0x61, 0xff]) }, /^a\.md: .*UTF-8/],
    [{ 'a.md': `---\nx: ${'['.repeat(30_000)}\n---\n` }, /no YAML/],
    [{ 'a.md': `---\nx: ${'a'.repeat(70_000)}\n---\n` }, /65536/],
    [{ '_course.md': '---\nlanguage: not a tag\n---\n', 'a.md': '' }, /^_course\.md: .*language/],
    [Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}.md`, ''])), /at most 2000/],
  ])('that is none says what is wrong where: %#', (files, message) => {
    let detail = '';
    try {
      readMarkdownCourse(folder(files as Record<string, string>));
    } catch (error) {
      const { code, detail: said } = error as { code: string; detail: string };
      expect(code).toBe('course_file_invalid');
      detail = said;
    }
    expect(detail).toMatch(message);
  });
});
