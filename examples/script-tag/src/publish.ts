import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../site', import.meta.url));

/** Copies the site to where it is served from, with `{{laurel}}` and `{{key}}` filled in, as any site generator would. */
export async function publish(folder: string, values: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true });
  const page = join(folder, 'index.html');
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole),
  );
}
