import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { openStorage } from '../src/open.ts';
import { settle } from '../src/options.ts';
import { directory, laurel, laurelProcess, secret } from './command.ts';
import { databaseUrl, storageName } from './support.ts';

const schema = `laurel_cli_courses_${Math.random().toString(36).slice(2, 8)}`;
const folder = join(directory, 'garden');

async function garden(): Promise<void> {
  await mkdir(join(folder, '01-week-1'), { recursive: true });
  await writeFile(join(folder, '_course.md'), '---\nname: The garden\nlanguage: de\n---\n\nAbout it.\n');
  await writeFile(join(folder, '01-week-1', '_unit.md'), '---\ntitle: Week 1\nlabel: Week\n---\n');
  await writeFile(join(folder, '01-week-1', '01-welcome.md'), '# Welcome\n\nHello.\n');
  await writeFile(join(folder, 'cat.png'), 'x');
}

describe(`laurel courses (${storageName})`, () => {
  it('says what is missing', async () => {
    await garden();
    const bad = [
      ['courses'],
      ['courses', 'import', folder],
      ['courses', 'import', '--course', 'garden'],
      ['courses', 'import', join(directory, 'nothing'), '--course', 'garden'],
      ['courses', 'import', join(folder, 'cat.png'), '--course', 'garden'],
      ['courses', 'export', '--course', 'garden'],
      ['courses', 'export', '--course', 'garden', '--format', 'pdf', '--out', 'x'],
    ];
    const answers = await Promise.all(bad.map((words) => laurel([...words, '--schema', schema])));
    for (const { code, errors } of answers)
      expect([code, errors]).toEqual([2, expect.stringContaining('Usage: laurel')]);
  }, 60_000);

  it('tries an import without touching anything', async () => {
    await garden();
    const { code, text, errors } = await laurel(['courses', 'import', folder, '--course', 'garden', '--dry-run']);
    expect(code, errors).toBe(0);
    expect(text).toContain('1 units, 1 lessons (nothing was changed)');
    expect(text).toContain('cat.png: It is no Markdown');
    const broken = join(directory, 'broken.json');
    await writeFile(broken, '{');
    const refused = await laurel(['courses', 'import', broken, '--course', 'garden', '--dry-run']);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('course_file_invalid')]);
  }, 60_000);

  it('makes a course of a folder, publishes it and takes it out in every format', async () => {
    await garden();
    const words = ['courses', 'import', folder, '--course', 'garden', '--schema', schema];
    const made = await laurel([...words, '--create', 'The garden', '--publish']);
    expect(made.code, made.errors).toBe(0);
    expect(made.text).toContain('version 1 is published');
    const out = (name: string) => join(directory, name);
    for (const [format, name] of [
      ['json', 'out.json'],
      ['markdown', 'out.zip'],
      ['markdown', 'out'],
      ['imscc', 'out.imscc'],
    ] as const) {
      const exporting = ['courses', 'export', '--course', 'garden', '--format', format, '--out', out(name)];
      const { code, errors } = await laurel([...exporting, '--schema', schema]);
      expect(code, errors).toBe(0);
      const again = await laurel(['courses', 'import', out(name), '--course', 'garden', '--dry-run']);
      expect(again.text, again.errors).toContain('1 units, 1 lessons');
    }
    expect(await readFile(join(out('out'), '01-week-1', '01-welcome.md'), 'utf8')).toBe(
      '---\ntitle: Welcome\n---\n\nHello.\n',
    );
    expect(JSON.parse(await readFile(out('out.json'), 'utf8'))).toMatchObject({
      ...{ format: 'laurel-course', version: 1, name: 'The garden', description: 'About it.', language: 'de' },
    });
  }, 120_000);

  it('finds progress that is not what its events come to, and makes it anew', async () => {
    const where = { secret, jobs: false, background: false, schema } as const;
    const storage = databaseUrl ? { database: databaseUrl } : { dataDir: directory };
    const host = createLaurel({ ...where, ...storage });
    await host.api.participants.upsert({ externalId: 'ada' });
    const { id } = await host.api.enrolments.enroll({ course: 'garden', participant: 'ada' });
    await host.close();
    const recount = (...words: string[]) => laurel(['recount', 'courses', ...words, '--schema', schema]);
    const none = 'No difference: all progress is what its events come to.\n';
    expect(await recount()).toEqual({ code: 0, text: none, errors: '' });

    const opened = await openStorage(settle({ ...where, ...storage }));
    const [row] = await opened.query<{ total: string }>(
      `update "${schema}".enrolment set earned = total where id = $1 returning total::text`,
      [id],
    );
    await opened.close();
    const { code, text } = await laurelProcess(['recount', 'courses', '--schema', schema]);
    expect([code, text]).toEqual([1, expect.stringContaining(`enrolment ${id}  course  `)]);
    expect(text).toContain(`kept ${row?.total}  events 0`);
    expect(text).toContain('2 differences. Mend them with: laurel recount courses --rebuild');
    expect(await recount('--rebuild')).toMatchObject({
      code: 0,
      text: expect.stringContaining('2 differences, made anew'),
    });
    expect((await recount()).text).toBe(none);
    expect(await recount('--contest', 'spring')).toMatchObject({ code: 2 });
    expect(await laurel(['recount', 'lessons', '--schema', schema])).toMatchObject({ code: 2 });
  }, 60_000);
});
