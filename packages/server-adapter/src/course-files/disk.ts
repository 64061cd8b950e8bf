import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { invalid } from './course-file.ts';
import { type Archive, zipLimits } from './zip.ts';

/**
 * A folder on this machine as if it were a zip. Links are not followed, what is hidden is passed over.
 * @throws LaurelProblem course_file_invalid
 */
export async function openFolder(folder: string): Promise<Archive> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath, each.name)).split(sep).join('/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort();
  if (names.length > zipLimits.entries) throw invalid(folder, `It has more than ${zipLimits.entries} files.`);
  return { names, read: (name) => readFileSync(join(folder, name)) };
}
