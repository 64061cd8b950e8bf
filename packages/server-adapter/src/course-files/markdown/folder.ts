/** A place in a folder of Markdown: a folder with what is in it, or a file. */
export interface Place {
  /** Without number and ending. */
  name: string;
  path: string;
  /** In their order; of a file nothing. */
  inside: Place[] | null;
}

/** What says something of the folder it lies in, and of the course. */
export const unitFile = '_unit.md';
export const courseFile = '_course.md';

const isMarkdown = (path: string) => /\.(md|markdown)$/i.test(path);
const isHidden = (path: string) => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Files of a folder that are no lessons: what lies hidden is passed over without a word. */
export const strangersIn = (paths: readonly string[]): string[] =>
  paths.filter((path) => !isHidden(path) && !isMarkdown(path));

/** The folder that all is in: archives of a folder hold it whole. Empty, or ending with `/`. */
export function rootOf(paths: readonly string[]): string {
  const found = paths.filter((path) => !isHidden(path) && path.split('/').at(-1) === courseFile);
  const shortest = found.sort((a, b) => a.length - b.length)[0] ?? courseFile;
  return shortest.slice(0, -courseFile.length);
}

/** What lies in a folder as a tree: what has a number goes by it, the rest follows by name. */
export function placesIn(paths: readonly string[], root: string): Place[] {
  const top: Place[] = [];
  const folders = new Map<string, Place[]>([['', top]]);
  const folder = (path: string): Place[] => {
    const known = folders.get(path);
    if (known) return known;
    const inside: Place[] = [];
    folders.set(path, inside);
    const at = path.lastIndexOf('/');
    folder(at < 0 ? '' : path.slice(0, at)).push({ name: path.slice(at + 1), path: root + path, inside });
    return inside;
  };
  for (const path of paths) {
    if (!path.startsWith(root) || isHidden(path) || !isMarkdown(path)) continue;
    const own = path.slice(root.length);
    const at = own.lastIndexOf('/');
    const inside = folder(at < 0 ? '' : own.slice(0, at));
    const name = own.slice(at + 1);
    if (name !== unitFile && !(at < 0 && name === courseFile)) {
      inside.push({ name: name.replace(/\.[^.]+$/, ''), path, inside: null });
    }
  }
  for (const inside of folders.values()) {
    inside.sort(inOrder);
    for (const place of inside) place.name = place.name.replace(numbered, '$2');
  }
  return top;
}

const numbered = /^(\d{1,6})(?:[-_. ]+|$)(.*)$/s;
const compare = new Intl.Collator('en', { numeric: true }).compare;

function inOrder(a: Place, b: Place): number {
  const [one, other] = [a, b].map(({ name }) => Number(numbered.exec(name)?.[1] ?? Number.POSITIVE_INFINITY)) as [
    number,
    number,
  ];
  return one === other ? compare(a.name, b.name) || (a.path < b.path ? -1 : 1) : one - other;
}
