import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLaurel } from './laurel-command.ts';

interface Kept {
  secret: string;
  secretKey?: string;
  /** One publishable key for each origin the site was served from. */
  publishableKeys: Record<string, string>;
}

/** What this installation remembers: its secret and the keys that `laurel keys create` made. */
export interface State {
  /** What every `laurel` command is told. */
  environment: Record<string, string>;
  secretKey(): Promise<string>;
  publishableKeyFor(origin: string): Promise<string>;
}

/** Reads `demo.json` in the data directory, or begins one with a random secret. Its owner alone may read it. */
export async function openState(dataDirectory: string): Promise<State> {
  await mkdir(dataDirectory, { recursive: true });
  const file = join(dataDirectory, 'demo.json');
  const kept = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Kept,
    (): Kept => ({ secret: randomBytes(32).toString('base64url'), publishableKeys: {} }),
  );
  const save = () => writeFile(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await save();
  const environment = { LAUREL_DATA_DIR: dataDirectory, LAUREL_SECRET: kept.secret };

  const createKey = async (kind: 'publishable' | 'secret', ...flags: string[]) => {
    const [key = ''] = (await runLaurel(environment, ['keys', 'create', kind, ...flags])).split('\n');
    return key;
  };

  return {
    environment,
    secretKey: async () => {
      kept.secretKey ??= await createKey('secret');
      await save();
      return kept.secretKey;
    },
    publishableKeyFor: async (origin) => {
      const key = kept.publishableKeys[origin] ?? (await createKey('publishable', '--origin', origin));
      kept.publishableKeys[origin] = key;
      await save();
      return key;
    },
  };
}
