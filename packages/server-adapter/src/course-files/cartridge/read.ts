import type { CourseNode } from '../../db/course-tables.ts';
import { cut, invalid, isLanguage, mostNodes, type Note, nodeFrom, type ReadCourse } from '../course-file.ts';
import { onceNamed, slugOf } from '../slug.ts';
import type { Archive } from '../zip.ts';
import { plainText } from './html-tokens.ts';
import { lessonFrom } from './resources.ts';
import { attribute, children, type Element, readXml, textOf, within } from './xml.ts';

const manifestFile = 'imsmanifest.xml';
const deepest = 50;

/**
 * Reads a course from a Common Cartridge 1.1 to 1.3, thin ones too: the organization's items become units, their resources
 * lessons.
 * @throws LaurelProblem course_file_invalid
 */
export function readCartridge(archive: Archive): ReadCourse {
  const found = archive.names.filter((name) => name === manifestFile || name.endsWith(`/${manifestFile}`));
  const where = found.sort((a, b) => a.length - b.length)[0];
  if (where === undefined) throw invalid('The file', `There is no ${manifestFile} in it.`);
  const root = where.slice(0, -manifestFile.length);
  const manifest = readXml(where, archive.read(where), 'manifest');
  const resources = new Map(
    children(within(manifest, 'resources'), 'resource').map((resource) => [
      attribute(resource, 'identifier'),
      resource,
    ]),
  );
  const organization = within(manifest, 'organizations', 'organization');
  const items = children(organization, 'item');
  const [only] = items;
  const top = items.length === 1 && only && titleOf(only) === null ? children(only, 'item') : items;
  if (top.length === 0) throw invalid(where, 'Its organization has no items.');

  const nodes: CourseNode[] = [];
  const notes: Note[] = [];
  const used = new Set<string>();
  const free = onceNamed(new Set());
  const add = (type: 'unit' | 'lesson', title: string, parent: string | null, fields: Partial<CourseNode>): string => {
    if (nodes.length === mostNodes) throw invalid(where, `A course has at most ${mostNodes} units and lessons.`);
    const id = free(slugOf(title) ?? type);
    nodes.push(nodeFrom(title, { ...fields, id, parent, type, title }));
    return id;
  };
  const addLesson = (title: string, reference: string, parent: string | null) => {
    const resource = resources.get(reference);
    used.add(reference);
    if (!resource)
      return notes.push({
        where: title,
        detail: `It names a resource that is not there: "${reference.slice(0, 100)}".`,
      });
    const { fields, notes: said } = lessonFrom(archive, root, resource);
    notes.push(...said.map((detail) => ({ where: title, detail })));
    return fields && add('lesson', title, parent, fields);
  };
  const walk = (inside: readonly Element[], parent: string | null, depth: number) => {
    if (depth > deepest) throw invalid(where, `Its items are more than ${deepest} deep.`);
    for (const item of inside) {
      const own = children(item, 'item');
      const reference = attribute(item, 'identifierref');
      const title = titleOf(item) ?? (own.length > 0 ? 'Unit' : 'Lesson');
      if (own.length === 0 && reference === '') {
        notes.push({ where: title, detail: 'A heading with nothing in it was left out.' });
        continue;
      }
      const unit = own.length > 0 ? add('unit', title, parent, {}) : parent;
      if (reference !== '') addLesson(title, reference, unit);
      walk(own, unit, depth + 1);
    }
  };
  walk(top, null, 1);
  notes.push(...strangers(resources, used));
  return { ...aboutIn(manifest), nodes, notes };
}

const titleOf = (item: Element): string | null => cut(textOf(within(item, 'title')).replace(/\s+/g, ' '), 200);

/** Resources that are no part of the tree, but for files that others need. */
function strangers(resources: ReadonlyMap<string, Element>, used: ReadonlySet<string>): Note[] {
  const needed = [...resources.values()].flatMap((resource) =>
    children(resource, 'dependency').map((each) => attribute(each, 'identifierref')),
  );
  const known = new Set([...used, ...needed]);
  return [...resources]
    .filter(([identifier, resource]) => !known.has(identifier) && attribute(resource, 'type') !== 'webcontent')
    .slice(0, 200)
    .map(([identifier]) => ({
      where: identifier.slice(0, 200),
      detail: 'A resource that no item names was left out.',
    }));
}

/** What the metadata (IEEE LOM) says of the course. */
function aboutIn(manifest: Element): Pick<ReadCourse, 'name' | 'description' | 'language'> {
  const general = within(manifest, 'metadata', 'lom', 'general');
  const words = (name: string, most: number) => cut(plainText(textOf(within(general, name, 'string'))), most);
  const language = textOf(within(general, 'language')) || attribute(within(general, 'title', 'string'), 'language');
  return {
    name: words('title', 160),
    description: words('description', 5000),
    language: isLanguage(language) ? language : null,
  };
}
