import { type Zippable, zipSync } from 'fflate';
import { type Curriculum, curriculumOf } from '../../curriculum/curriculum.ts';
import type { CourseNode } from '../../db/course-tables.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import type { CourseFile } from '../course-file.ts';
import { blocksToHtml, escaped } from './blocks-to-html.ts';

const standard = 'http://www.imsglobal.org/xsd/imsccv1p3';

/** A lesson as a resource of the cartridge. */
interface Resource {
  id: string;
  type: string;
  path: string;
  text: string;
}

/** Writes a course as a Common Cartridge 1.3: text as web content, addresses as links; `notes.txt` says what is missing. */
export function writeCartridge(course: CourseFile): Uint8Array {
  const files: Zippable = {};
  const encoder = new TextEncoder();
  for (const [path, text] of cartridgeFiles(course)) files[path] = encoder.encode(text);
  return zipSync(files, { level: 6, mtime: '1980-01-02' });
}

/** The files of the cartridge by their paths. */
export function cartridgeFiles({ name, description, language, nodes }: CourseFile): Map<string, string> {
  const tree = curriculumOf({ courseId: '', version: 0, sequential: false, nodes });
  const resources: Resource[] = [];
  const notes: string[] = [];
  const items = itemsIn(tree, null, { resources, notes, written: new Set(), language: language ?? 'en' });
  if (notes.length > 0)
    resources.push({ id: 'notes', type: 'webcontent', path: 'notes.txt', text: `${notes.join('\n')}\n` });
  const listed = resources.map(
    ({ id, type, path }) =>
      `<resource identifier="R-${id}" type="${type}" href="${path}"><file href="${path}"/></resource>`,
  );
  const text = (tag: string, words: string | null) =>
    words === null
      ? ''
      : `<lomimscc:${tag}><lomimscc:string language="${escaped(language ?? 'en')}">${escaped(words)}</lomimscc:string></lomimscc:${tag}>`;
  const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="laurel-course" xmlns="${standard}/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
<lomimscc:lom><lomimscc:general>${text('title', name ?? 'Course')}<lomimscc:language>${escaped(language ?? 'en')}</lomimscc:language>${text('description', description)}</lomimscc:general></lomimscc:lom></metadata>
<organizations><organization identifier="organization" structure="rooted-hierarchy"><item identifier="root">
${items}
</item></organization></organizations>
<resources>
${listed.join('\n')}
</resources>
</manifest>
`;
  return new Map([['imsmanifest.xml', manifest], ...resources.map(({ path, text }) => [path, text] as const)]);
}

interface Writing {
  resources: Resource[];
  notes: string[];
  written: Set<CourseNode>;
  language: string;
}

function itemsIn(tree: Curriculum, parent: string | null, writing: Writing): string {
  const items: string[] = [];
  for (const node of tree.childrenOf(parent)) {
    // Drafts may have ids twice or stand in themselves.
    if (writing.written.has(node)) continue;
    writing.written.add(node);
    if (node.hidden) {
      writing.notes.push(`${node.title}: hidden, so it was left out with all in it.`);
      continue;
    }
    writing.notes.push(...lacksOf(node).map((detail) => `${node.title}: ${detail}`));
    const key = `${writing.written.size}-${node.id}`;
    const title = `<title>${escaped(node.title)}</title>`;
    if (node.type === 'unit') {
      items.push(`<item identifier="I-${key}">${title}${itemsIn(tree, node.id, writing)}</item>`);
      continue;
    }
    writing.resources.push(resourceOf(node, key, writing.language));
    items.push(`<item identifier="I-${key}" identifierref="R-${key}">${title}</item>`);
  }
  return items.join('\n');
}

/** What of a node a cartridge has no place for. */
function lacksOf(node: CourseNode): string[] {
  const fields = ['done', 'opens', 'weight', 'choose', 'event', 'minutes', 'startsAt', 'endsAt'] as const;
  const lacking: string[] = fields.filter((field) => node[field] !== null);
  if (!node.required) lacking.push('required');
  if (node.cohorts.length > 0) lacking.push('cohorts');
  const isMoved =
    node.type === 'lesson' &&
    ['video', 'quiz', 'assignment', 'live', 'embed', 'download'].includes(node.kind ?? 'page');
  return [
    ...(lacking.length > 0 ? [`${lacking.join(', ')} not taken over.`] : []),
    ...(isMoved
      ? [
          `of the kind ${node.kind}, it became ${addressOf(node) !== null && node.markdown === null ? 'a link' : 'a page'}.`,
        ]
      : []),
  ];
}

const addressOf = ({ url, video }: CourseNode): string | null => video?.url ?? url;

function resourceOf(node: CourseNode, key: string, language: string): Resource {
  const address = addressOf(node);
  if (address !== null && node.markdown === null) {
    const link = `<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="${standard}/imswl_v1p3"><title>${escaped(node.title)}</title><url href="${escaped(address)}"/></webLink>
`;
    return { id: key, type: 'imswl_xmlv1p3', path: `links/${key}.xml`, text: link };
  }
  const more = address === null ? '' : `<p><a href="${escaped(address)}">${escaped(node.title)}</a></p>`;
  const page = `<!DOCTYPE html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"/><title>${escaped(node.title)}</title></head><body>
${blocksToHtml(readMarkdown(node.markdown ?? ''))}
${more}
</body></html>
`;
  return { id: key, type: 'webcontent', path: `pages/${key}.html`, text: page };
}
