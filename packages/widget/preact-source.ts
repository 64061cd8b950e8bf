import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = `${realpathSync(file('./node_modules/preact/src'))}/`;
const ours = file('./src/preact-script.ts');

/** Where a bundler finds the parts of Preact's source that `preact-script.ts` builds on, and what it puts in for others. */
export function preactSource(id: string, from = ''): string | null {
  if (id.startsWith('preact/src/')) return folder + id.slice('preact/src/'.length);
  const replaced = from.startsWith(folder) && ['./index', '../component', './options', '../options'].includes(id);
  return replaced ? ours : null;
}
