import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that has an empty embedded database. */
    embeddedImage: string;
  }
}

/** Makes an empty embedded database once for all test files: to make one takes seconds, to load it a fraction of that. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'laurel-embedded-'));
  const file = join(folder, 'image.tar');
  const pglite = await PGlite.create('memory://');
  const image = await pglite.dumpDataDir('none');
  await pglite.close();
  await writeFile(file, image.stream());
  provide('embeddedImage', file);
  return () => rm(folder, { recursive: true });
}
