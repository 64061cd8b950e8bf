import type { CourseNode } from '../../db/course-tables.ts';
import {
  type CourseFile,
  cut,
  invalid,
  isLanguage,
  mostNodes,
  type Note,
  nodeFrom,
  type ReadCourse,
} from '../course-file.ts';
import { onceNamed, slugOf } from '../slug.ts';
import { utf8 } from '../text.ts';
import type { Archive } from '../zip.ts';
import { courseFile, type Place, placesIn, rootOf, strangersIn, unitFile } from './folder.ts';
import { type MarkdownFile, readMarkdownFile } from './front-matter.ts';
import { nodeFields } from './node-fields.ts';

/** A place with what its file says. */
interface Found {
  place: Place;
  file: MarkdownFile;
  /** Where it stands, for people. */
  where: string;
  parent: Found | null;
}

/**
 * Reads a course from a folder of Markdown files: folders are units, files are lessons, numbers in front order them.
 * @throws LaurelProblem course_file_invalid
 */
export function readMarkdownCourse(archive: Archive): ReadCourse {
  const root = rootOf(archive.names);
  const has = new Set(archive.names);
  const notes: Note[] = strangersIn(archive.names).map((where) => ({
    where,
    detail: 'It is no Markdown and was left out. Put it at an address of its own.',
  }));
  const read = (path: string): MarkdownFile =>
    has.has(path) ? readMarkdownFile(path, utf8(path, archive.read(path))) : { facts: null, body: null };

  const found: Found[] = [];
  const walk = (places: readonly Place[], parent: Found | null) => {
    for (const place of places) {
      if (found.length === mostNodes) throw invalid(place.path, `A course has at most ${mostNodes} units and lessons.`);
      const where = place.inside ? `${place.path}/${unitFile}` : place.path;
      const each: Found = { place, parent, where, file: read(where) };
      found.push(each);
      walk(place.inside ?? [], each);
    }
  };
  walk(placesIn(archive.names, root), null);
  if (found.length === 0)
    throw invalid('The folder', 'There is no Markdown file in it: each lesson is a file such as 01-welcome.md.');
  const about = courseFrom(root + courseFile, read(root + courseFile), notes);
  return { ...about, nodes: nodesFrom(found, notes), notes };
}

function courseFrom(where: string, { facts, body }: MarkdownFile, notes: Note[]): Omit<CourseFile, 'nodes'> {
  const { name, language, ...rest } = facts ?? {};
  for (const key of Object.keys(rest)) notes.push({ where, detail: `"${key}" is not known here and was left out.` });
  if (name !== undefined && name !== null && (typeof name !== 'string' || name === '' || name.length > 160)) {
    throw invalid(where, '"name" must be text of 1 to 160 characters.');
  }
  if (language !== undefined && language !== null && (typeof language !== 'string' || !isLanguage(language))) {
    throw invalid(where, '"language" must be a language tag such as en or pt-BR.');
  }
  if (body !== null && body.length > 5000) throw invalid(where, 'The description has more than 5000 characters.');
  return { name: name ?? null, description: body, language: language ?? null };
}

function nodesFrom(found: readonly Found[], notes: Note[]): CourseNode[] {
  const said = new Map<unknown, string>();
  for (const { file, where } of found) {
    const id = file.facts?.id;
    if (id === undefined) continue;
    const other = said.get(id);
    if (other !== undefined) throw invalid(where, `Its id "${id}" is that of ${other} as well.`);
    said.set(id, where);
  }
  const free = onceNamed(new Set([...said.keys()].map(String)));
  const ids = new Map<Found, unknown>();
  return found.map((each) => {
    const { title, body } = titled(each);
    const type = each.place.inside ? 'unit' : 'lesson';
    const id = each.file.facts?.id ?? free(slugOf(each.place.name) ?? slugOf(title) ?? type);
    ids.set(each, id);
    const fields = knownFields(each, notes);
    const parent = each.parent && ids.get(each.parent);
    return nodeFrom(each.where, { ...fields, id, parent, type, title, markdown: body });
  });
}

function knownFields({ file, where }: Found, notes: Note[]): Record<string, unknown> {
  const { id: _, title: __, ...facts } = file.facts ?? {};
  const known: readonly string[] = nodeFields;
  const strange = Object.keys(facts).filter((name) => !known.includes(name));
  for (const name of strange) notes.push({ where, detail: `"${name}" is not known here and was left out.` });
  return Object.fromEntries(Object.entries(facts).filter(([name]) => known.includes(name)));
}

/** A title: what the front matter says, else the first heading, else the file's name. */
function titled({ place, file: { facts, body } }: Found): { title: string; body: string | null } {
  if (facts?.title !== undefined) return { title: facts.title as string, body };
  const heading = /^(?:\s*\n)?#[ \t]+([^\n]+?)[ \t#]*(?:\n|$)/.exec(body ?? '');
  const words = cut(heading?.[1], 200);
  if (heading && words)
    return { title: words, body: (body ?? '').slice(heading[0].length).replace(/^\n+/, '') || null };
  return { title: cut(place.name.replace(/[-_]+/g, ' '), 200) ?? (place.inside ? 'Unit' : 'Lesson'), body };
}
