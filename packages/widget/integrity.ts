/** Writes `dist/integrity.json`: the hash (W3C Subresource Integrity) of each file for pages, by its name. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, 'dist');
const hashOf = (name: string) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(dist, name)))
    .digest('base64')}`;
const names = readdirSync(dist).filter((name) => /^(loader|laurel(-\w+)?)\.js$/.test(name));

writeFileSync(
  join(dist, 'integrity.json'),
  `${JSON.stringify(Object.fromEntries(names.map((name) => [name, hashOf(name)])), null, 2)}\n`,
);
