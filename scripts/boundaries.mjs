import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { importsOfFile } from './imports.mjs';
import { filesUnder } from './stamp.mjs';

/** @typedef {{ file: string, specifier: string, typeOnly: boolean }} Edge */

/** Modules that every module may ask: who is asking, and write it down. */
const open = new Set(['access', 'audit']);

/** Folders of the server that hold no module. `cli` wires, like the files beside `index.ts`. */
const ground = new Set(['db', 'events', 'http', 'cli']);

/** @param {string} folder @returns {Edge[]} */
const edgesUnder = (folder) =>
  filesUnder(folder)
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.test\.[jt]sx?$/.test(file) && !file.includes('node_modules'))
    .flatMap((file) => importsOfFile(file).map((found) => ({ file, ...found })));

/** @param {string} root @param {Edge} edge @param {string} rule */
const complaint = (root, { file, specifier }, rule) =>
  `${relative(root, file)} imports ${isAbsolute(specifier) ? relative(root, specifier) : specifier}: ${rule}`;

/** Whether a path lies in a folder. @param {string} path @param {string} folder */
const within = (path, folder) => path.startsWith(folder + sep);

/**
 * What each package may import of ours, values and types.
 * @type {Record<string, { values: string[], types: string[] }>}
 */
const allowed = {
  sdk: { values: [], types: [] },
  widget: {
    values: ['@laurelkit/sdk/client', '@laurelkit/sdk/attribution', '@laurelkit/sdk/draws', '@laurelkit/sdk/progress'],
    types: ['@laurelkit/sdk/client', '@laurelkit/sdk/contract', '@laurelkit/sdk/draws', '@laurelkit/sdk/progress'],
  },
  'server-adapter': {
    values: ['@laurelkit/sdk/contract', '@laurelkit/sdk/draws', '@laurelkit/sdk/progress'],
    types: ['@laurelkit/sdk/contract', '@laurelkit/sdk/draws', '@laurelkit/sdk/progress'],
  },
};

/** Imports between packages that the design does not know. @param {string} root @returns {string[]} */
export function packageViolations(root) {
  return Object.entries(allowed).flatMap(([name, { values, types }]) => {
    const source = join(root, 'packages', name, 'src');
    return edgesUnder(source).flatMap((edge) => {
      const { specifier, typeOnly } = edge;
      if (isAbsolute(specifier))
        return within(specifier, source) ? [] : [complaint(root, edge, 'it leaves its package')];
      if (!specifier.startsWith('@laurelkit/') || (typeOnly ? types : values).includes(specifier)) return [];
      return [complaint(root, edge, `${name} may import ${values.join(', ') || 'nothing of ours'}`)];
    });
  });
}

/**
 * Imports of examples that somebody without this repository could not write.
 * @param {string} root @param {Set<string>} published - every entry of the published packages
 * @returns {string[]}
 */
export function exampleViolations(root, published) {
  const examples = join(root, 'examples');
  if (!existsSync(examples)) return [];
  return readdirSync(examples).flatMap((name) =>
    edgesUnder(join(examples, name)).flatMap((edge) => {
      const { specifier } = edge;
      if (isAbsolute(specifier)) {
        return within(specifier, join(examples, name)) ? [] : [complaint(root, edge, 'an example stands alone')];
      }
      if (!specifier.startsWith('@laurelkit/') || published.has(specifier)) return [];
      return [complaint(root, edge, 'examples use only what is published')];
    }),
  );
}

/**
 * Imports inside the server that the design does not know. A module is a folder with an `index.ts`, its HTTP surface;
 * every other folder is ground that modules stand on. A file beside `index.ts` wires when a module can be reached from it.
 * @param {string} root @returns {string[]}
 */
export function serverViolations(root) {
  const source = join(root, 'packages', 'server-adapter', 'src');
  if (!existsSync(source)) return [];
  const edges = edgesUnder(source).filter(({ specifier }) => isAbsolute(specifier) && within(specifier, source));
  const folderOf = (/** @type {string} */ path) => {
    const parts = relative(source, path).split(sep);
    return parts.length > 1 ? parts[0] : undefined;
  };
  const isModule = (/** @type {string | undefined} */ folder) =>
    folder !== undefined && !ground.has(folder) && existsSync(join(source, folder, 'index.ts'));

  const wires = wiring(
    edges,
    (path) => isModule(folderOf(path)),
    (path) => folderOf(path) === undefined,
  );
  return edges.flatMap((edge) => {
    const from = folderOf(edge.file);
    const to = folderOf(edge.specifier);
    if (from === undefined || from === 'cli' || from === to) return [];
    if (wires.has(edge.specifier) || to === 'cli')
      return [complaint(root, edge, 'only index.ts and what is beside it wire')];
    if (!isModule(to)) return [];
    if (!isModule(from)) return [complaint(root, edge, `${from} knows no module`)];
    return open.has(to ?? '') ? [] : [complaint(root, edge, 'modules meet through events')];
  });
}

/**
 * The files from which a module can be reached.
 * @param {Edge[]} edges @param {(path: string) => boolean} inModule @param {(path: string) => boolean} inRoot
 */
function wiring(edges, inModule, inRoot) {
  /** @type {Set<string>} */
  const wires = new Set();
  for (let before = -1; before < wires.size; ) {
    before = wires.size;
    for (const { file, specifier } of edges) {
      if (inRoot(file) && (inModule(specifier) || wires.has(specifier))) wires.add(file);
    }
  }
  return wires;
}
