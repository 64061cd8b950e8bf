import { isDeepStrictEqual } from 'node:util';
import { type Zippable, zipSync } from 'fflate';
import { type Curriculum, curriculumOf } from '../../curriculum/curriculum.ts';
import type { CourseNode } from '../../db/course-tables.ts';
import type { CourseFile } from '../course-file.ts';
import { slugOf } from '../slug.ts';
import { courseFile, unitFile } from './folder.ts';
import { writeMarkdownFile } from './front-matter.ts';
import { nodeFields, usual } from './node-fields.ts';

/** Names in a path longer than this are numbers alone. */
const longPath = 300;

/** Writes a course as a zip of a folder of Markdown files. */
export function writeMarkdownCourse(course: CourseFile): Uint8Array {
  const files: Zippable = {};
  const encoder = new TextEncoder();
  for (const [path, text] of filesOf(course)) files[path] = encoder.encode(text);
  // The same course makes the same bytes.
  return zipSync(files, { level: 6, mtime: '1980-01-02' });
}

/** The files of a course by their paths. */
export function filesOf({ name, description, language, nodes }: CourseFile): Map<string, string> {
  const about = { ...(name !== null && { name }), ...(language !== null && { language }) };
  const files = new Map([[courseFile, writeMarkdownFile(about, description)]]);
  const tree = curriculumOf({ courseId: '', version: 0, sequential: false, nodes });
  writeInside(tree, null, '', files, new Set());
  return files;
}

/** Drafts may have ids twice or stand in themselves, so whoever was written is not written again. */
function writeInside(
  tree: Curriculum,
  parent: string | null,
  folder: string,
  files: Map<string, string>,
  written: Set<CourseNode>,
): void {
  const inside = tree.childrenOf(parent);
  const digits = Math.max(2, String(inside.length).length);
  for (const [index, node] of inside.entries()) {
    if (written.has(node)) continue;
    written.add(node);
    const number = String(index + 1).padStart(digits, '0');
    const isLong = folder.length + number.length + node.id.length > longPath;
    const path = `${folder}${isLong ? number : `${number}-${node.id}`}`;
    const says = isLong || slugOf(node.id) !== node.id ? { id: node.id } : {};
    const text = writeMarkdownFile({ ...says, ...factsOf(node) }, node.markdown);
    files.set(node.type === 'unit' ? `${path}/${unitFile}` : `${path}.md`, text);
    if (node.type === 'unit') writeInside(tree, node.id, `${path}/`, files, written);
  }
}

function factsOf(node: CourseNode): Record<string, unknown> {
  const odd = nodeFields.filter((field) => !isDeepStrictEqual(node[field], usual[field]));
  return { title: node.title, ...Object.fromEntries(odd.map((field) => [field, node[field]])) };
}
