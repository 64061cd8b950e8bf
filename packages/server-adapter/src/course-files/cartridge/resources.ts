import type { CourseNode } from '../../db/course-tables.ts';
import { imageAddress } from '../../markdown/safe-address.ts';
import { cut } from '../course-file.ts';
import { utf8 } from '../text.ts';
import type { Archive } from '../zip.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { attribute, children, type Element, readXml, textOf, within } from './xml.ts';

/** What a resource becomes: fields of a lesson, or nothing; and what is to be said of it. */
export interface FromResource {
  fields: Partial<CourseNode> | null;
  notes: string[];
}

const longest = 100_000;
const page = (fields: Partial<CourseNode>, ...notes: (string | null)[]): FromResource => ({
  fields,
  notes: notes.filter((note): note is string => note !== null),
});
const nothing = (note: string): FromResource => ({ fields: null, notes: [note] });

/** The file a resource names first, as a name in the archive. */
function fileOf(archive: Archive, root: string, resource: Element): string | null {
  const named = [attribute(resource, 'href'), ...children(resource, 'file').map((file) => attribute(file, 'href'))];
  const base = root + attribute(resource, 'base');
  for (const href of named.filter((each) => each !== '')) {
    const plain = href.split(/[?#]/)[0] ?? '';
    const candidates = [plain, decoded(plain)].map((path) => base + path);
    const found = candidates.find((path) => archive.names.includes(path));
    if (found !== undefined) return found;
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * What a resource of a cartridge becomes, by its type.
 * @throws LaurelProblem course_file_invalid
 */
export function lessonFrom(archive: Archive, root: string, resource: Element): FromResource {
  const type = attribute(resource, 'type').toLowerCase();
  const file = fileOf(archive, root, resource);
  if (/^imswl_/.test(type))
    return file === null ? nothing('Its file is not there.') : linkFrom(file, archive.read(file));
  if (/^imsbasiclti_/.test(type))
    return file === null ? nothing('Its file is not there.') : toolFrom(file, archive.read(file));
  if (/^imsdt_/.test(type)) return nothing('A discussion: there is nothing to take it over into.');
  if (/^imsqti_/.test(type)) return nothing('A quiz or question bank: questions are not taken over.');
  if (/^assignment_/.test(type))
    return file === null ? nothing('Its file is not there.') : workFrom(file, archive.read(file));
  if (type !== 'webcontent' && !/learning-application-resource$/.test(type)) {
    return nothing(`A resource of the type "${type.slice(0, 100)}": there is nothing to take it over into.`);
  }
  if (file === null) return nothing('Its file is not there.');
  return contentFrom(file, archive);
}

function contentFrom(file: string, archive: Archive): FromResource {
  if (/\.x?html?$/i.test(file)) return fromHtml(utf8(file, archive.read(file)), 'page');
  if (/\.(md|markdown|txt)$/i.test(file)) return written(utf8(file, archive.read(file)), 'page');
  return page({ kind: 'download' }, `The file ${file} is not kept: put it at an address, and say that in "url".`);
}

function written(text: string, kind: CourseNode['kind'], ...notes: (string | null)[]): FromResource {
  const markdown = cut(text, longest);
  const isCut = text.trim().length > longest;
  return page({ kind, markdown }, ...notes, isCut ? `Its text was cut after ${longest} characters.` : null);
}

function fromHtml(html: string, kind: CourseNode['kind']): FromResource {
  const { markdown, lost } = htmlToMarkdown(html);
  return written(
    markdown,
    kind,
    lost > 0 ? `${lost} links or images to files of the cartridge kept their words only.` : null,
  );
}

function linkFrom(where: string, bytes: Uint8Array): FromResource {
  const url = imageAddress(attribute(within(readXml(where, bytes, 'webLink'), 'url'), 'href'));
  return url === null
    ? nothing('A link that does not lead to a page by http or https.')
    : page({ kind: 'external', url });
}

function toolFrom(where: string, bytes: Uint8Array): FromResource {
  const tool = readXml(where, bytes, 'cartridge_basiclti_link');
  const addresses = ['secure_launch_url', 'launch_url'].map((name) => imageAddress(textOf(within(tool, name))));
  const url = addresses.find((each) => each !== null) ?? null;
  if (url === null) return nothing('An LTI tool without an address.');
  return page({ kind: 'external', url }, 'An LTI tool: it is linked to, not launched.');
}

function workFrom(where: string, bytes: Uint8Array): FromResource {
  const work = readXml(where, bytes, 'assignment');
  const text = within(work, 'text');
  const words = textOf(text);
  return attribute(text, 'texttype') === 'text/html' ? fromHtml(words, 'assignment') : written(words, 'assignment');
}
