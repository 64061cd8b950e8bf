import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { exportFormats, exportTables } from '@laurelkit/sdk/contract';
import { type Command, readWords, storageFlags, storageOptions, UsageError, withLaurel } from './command.ts';

const flags = {
  ...storageFlags,
  program: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  table: { type: 'string', multiple: true },
} as const;

export const exportCommand: Command = {
  usage: 'laurel export --program SLUG --out FOLDER [--format ndjson|csv] [--table NAME]…',
  summary: `write everything to files: ${exportTables.join(', ')}`,
  run: async (words, { print }) => {
    const { values } = readWords(words, flags);
    const { program, out } = values;
    if (!program || !out) throw new UsageError('Say which programme and where to: --program SLUG --out FOLDER');
    const format = exportFormats.find((each) => each === (values.format ?? 'ndjson'));
    if (!format) throw new UsageError(`--format is ${exportFormats.join(' or ')}.`);
    const tables = values.table ?? exportTables;
    const key = `sk_${randomBytes(24).toString('base64url')}`;
    await mkdir(out, { recursive: true });
    return withLaurel({ ...storageOptions(values), keys: [{ key }] }, async (laurel) => {
      for (const table of tables) {
        const path = `/api/programs/${encodeURIComponent(program)}/export/${encodeURIComponent(table)}?format=${format}`;
        const answer = await laurel.fetch(
          new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${key}` } }),
        );
        if (!answer.ok || !answer.body) throw new UsageError(((await answer.json()) as { detail: string }).detail);
        const file = join(out, `${table}.${format}`);
        await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(file));
        print(file);
      }
      return 0;
    });
  },
};
