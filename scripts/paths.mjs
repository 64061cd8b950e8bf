import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's own folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Commands that dependencies brought, Node 26 among them. */
export const bin = join(root, 'node_modules', '.bin');

/** Files worth keeping between runs that no package manager looks after. */
export const tools = join(root, '.tools');

/** The published packages, each after what it is built from. */
export const packages = ['sdk', 'server-adapter', 'widget'];

/** A package's folder. @param {string} name */
export const packageFolder = (name) => join(root, 'packages', name);
