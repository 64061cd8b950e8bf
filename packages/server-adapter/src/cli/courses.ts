import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { courseFormats } from '@laurelkit/sdk/contract';
import type { InProcessApi } from '../api.ts';
import type { ReadCourse } from '../course-files/course-file.ts';
import { openFolder } from '../course-files/disk.ts';
import { type CourseFormat, formats } from '../course-files/formats.ts';
import { readMarkdownCourse } from '../course-files/markdown/read.ts';
import { openZip } from '../course-files/zip.ts';
import {
  type Command,
  readWords,
  storageFlags,
  storageOptions,
  type Terminal,
  UsageError,
  withLaurel,
} from './command.ts';

const flags = {
  ...storageFlags,
  course: { type: 'string' },
  create: { type: 'string' },
  publish: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  out: { type: 'string' },
} as const;

type Values = ReturnType<typeof readWords<typeof flags>>['values'];

export const courses: Command = {
  usage:
    'laurel courses import FOLDER|FILE --course SLUG [--format FORMAT] [--create NAME] [--publish] [--dry-run]\n  laurel courses export --course SLUG --format FORMAT --out FILE',
  summary: `bring a course in as its draft, or take it out: ${courseFormats.join(', ')}`,
  run: async (words, terminal) => {
    const { values, positionals } = readWords(words, flags);
    const [action, path] = positionals;
    if (!values.course) throw new UsageError('Say which course: --course SLUG');
    if (action === 'import' && path !== undefined) return importCourse(path, values, values.course, terminal);
    if (action === 'export') return exportCourse(values, values.course, terminal);
    throw new UsageError('Say what to do: laurel courses import FOLDER|FILE, or laurel courses export.');
  },
};

function formatOf(name: string): CourseFormat {
  const format = courseFormats.find((each) => each === name);
  if (!format) throw new UsageError(`--format is ${courseFormats.join(', ')}.`);
  return format;
}

/** Reads a folder of Markdown, or a file by its format or its ending. */
async function readCourse(path: string, format: string | undefined): Promise<ReadCourse> {
  const known = await stat(path).catch(() => {
    throw new UsageError(`There is no file or folder ${path}.`);
  });
  if (known.isDirectory()) return readMarkdownCourse(await openFolder(path));
  const bytes = await readFile(path);
  return formats[format === undefined ? byEnding(path, bytes) : formatOf(format)].read(bytes);
}

function byEnding(path: string, bytes: Uint8Array): CourseFormat {
  if (/\.json$/i.test(path)) return 'json';
  if (/\.(imscc|xml)$/i.test(path)) return 'imscc';
  if (!/\.zip$/i.test(path)) throw new UsageError(`Say what ${path} is: --format ${courseFormats.join('|')}`);
  return openZip(bytes).names.some((name) => /(^|\/)imsmanifest\.xml$/.test(name)) ? 'imscc' : 'markdown';
}

async function importCourse(path: string, values: Values, course: string, { print }: Terminal): Promise<number> {
  const read = await readCourse(path, values.format);
  for (const { where, detail } of read.notes) print(`  ${where}: ${detail}`);
  const lessons = read.nodes.filter(({ type }) => type === 'lesson').length;
  const size = `${read.nodes.length - lessons} units, ${lessons} lessons`;
  if (values['dry-run']) {
    print(`${path}: ${size} (nothing was changed)`);
    return 0;
  }
  return withLaurel(storageOptions(values), async ({ api }) => {
    if (values.create !== undefined) await createCourse(api, course, values.create, read);
    const { revision } = await api.courses.draft({ course });
    const draft = await api.courses.saveDraft({ course, revision, nodes: read.nodes });
    print(`${path}: ${size} are the draft of ${course}`);
    for (const { pointer, detail } of draft.faults) print(`  ${pointer} ${detail}`);
    if (!values.publish) return 0;
    if (draft.faults.length > 0) {
      print('Not published: mend these first.');
      return 1;
    }
    const { version } = await api.courses.publish({ course, revision: draft.revision });
    print(`${course}: version ${version} is published; who learns stays on theirs`);
    return 0;
  });
}

const createCourse = (api: InProcessApi, slug: string, name: string, { description, language }: ReadCourse) =>
  api.courses.create({
    ...{ slug, name },
    ...(description !== null && { description }),
    ...(language !== null && { language }),
  });

async function exportCourse(values: Values, course: string, { print }: Terminal): Promise<number> {
  const { out } = values;
  if (!out || !values.format) throw new UsageError('Say what and where to: --format FORMAT --out FILE');
  const format = formatOf(values.format);
  const key = `sk_${randomBytes(24).toString('base64url')}`;
  const bytes = await withLaurel({ ...storageOptions(values), keys: [{ key }] }, async (laurel) => {
    const path = `/api/courses/${encodeURIComponent(course)}/export/${format}`;
    const answer = await laurel.fetch(
      new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${key}` } }),
    );
    if (!answer.ok) throw new UsageError(((await answer.json()) as { detail: string }).detail);
    return new Uint8Array(await answer.arrayBuffer());
  });
  if (format === 'markdown' && !/\.zip$/i.test(out)) await writeFolder(out, bytes);
  else await writeFile(out, bytes);
  print(out);
  return 0;
}

async function writeFolder(folder: string, zip: Uint8Array): Promise<void> {
  const { names, read } = openZip(zip);
  for (const name of names) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, read(name));
  }
}
