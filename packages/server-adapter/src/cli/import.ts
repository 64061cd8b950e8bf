import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { type contract, importSources, type Output } from '@laurelkit/sdk/contract';
import type { InProcessApi } from '../api.ts';
import {
  type Command,
  readWords,
  storageFlags,
  storageOptions,
  type Terminal,
  UsageError,
  withLaurel,
} from './command.ts';
import { type FileRow, openTable } from './table-file.ts';

const flags = {
  ...storageFlags,
  from: { type: 'string' },
  program: { type: 'string' },
  table: { type: 'string' },
  map: { type: 'string', multiple: true },
  delimiter: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Import = Output<typeof contract.transfers.getImport>;
type Report = Import & { file: string; problems: Output<typeof contract.transfers.importProblems>['items'] };

const chunkSize = 500;
const progressMilliseconds = 1000;

export const importCommand: Command = {
  usage:
    'laurel import FILE… --from SOURCE --program SLUG [--table NAME] [--map FIELD=COLUMN]… [--delimiter SIGN] [--dry-run] [--json]',
  summary: `take in CSV, NDJSON or JSON of ${importSources.join(', ')}; run again after an interruption, it continues`,
  run: async (words, terminal) => {
    const { values, positionals } = readWords(words, flags);
    const source = importSources.find((each) => each === values.from);
    if (!source) throw new UsageError(`Say where it comes from: --from ${importSources.join('|')}`);
    if (!values.program) throw new UsageError('Say into which programme: --program SLUG');
    if (positionals.length === 0) throw new UsageError('Name a file.');
    const map = mapOf(values.map ?? []);
    // Addresses are told apart by hashes made with the installation's secret, so here it must be the right one.
    const options = { ...storageOptions(values), secret: process.env.LAUREL_SECRET ?? '' };
    const reports = await withLaurel(options, async ({ api }) => {
      const done: Report[] = [];
      for (const file of positionals) {
        await access(file).catch(() => {
          throw new UsageError(`There is no file ${file}.`);
        });
        const table = await openTable(file, values.delimiter);
        const begun = await api.transfers.createImport({
          program: values.program ?? '',
          source,
          columns: table.columns.slice(0, 500),
          map,
          fingerprint: await fingerprintOf(file, JSON.stringify([source, values.table, map])),
          ...(values.table !== undefined && { shape: values.table }),
        });
        const progress = progressOf(file, terminal);
        if (begun.state === 'open') await addAll(api, begun.id, table.rows(), progress);
        const report = values['dry-run'] ? await check(api, begun.id) : await apply(api, begun.id, progress);
        done.push({ ...report, file });
      }
      return done;
    });
    if (values.json) terminal.print(JSON.stringify(reports));
    else
      for (const report of reports)
        for (const line of linesOf(report, values['dry-run'] ?? false)) terminal.print(line);
    return 0;
  },
};

function mapOf(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--map ${pair} is not FIELD=COLUMN (or FIELD==VALUE for the same on every row).`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}

async function fingerprintOf(file: string, how: string): Promise<string> {
  const hash = createHash('sha256').update(`${how}\n`);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('base64url');
}

type Progress = (doing: string, done: number, all?: number) => void;

/** Tells how far it is, at most once a second. */
function progressOf(file: string, { complain }: Terminal): Progress {
  let last = 0;
  return (doing, done, all) => {
    if (performance.now() - last < progressMilliseconds) return;
    last = performance.now();
    complain(`${file}: ${doing} ${done}${all === undefined ? '' : ` of ${all}`} rows`);
  };
}

async function addAll(api: InProcessApi, id: string, rows: AsyncIterable<FileRow>, progress: Progress): Promise<void> {
  let chunk: FileRow[] = [];
  let read = 0;
  const flush = async () => {
    if (chunk.length > 0) await api.transfers.addRows({ import: id, rows: chunk });
    chunk = [];
    progress('read', read);
  };
  for await (const row of rows) {
    chunk.push(row);
    read++;
    if (chunk.length === chunkSize) await flush();
  }
  await flush();
}

async function check(api: InProcessApi, id: string): Promise<Omit<Report, 'file'>> {
  return api.transfers.checkImport({ import: id });
}

/** Applies slice after slice until it is done. */
async function apply(api: InProcessApi, id: string, progress: Progress): Promise<Omit<Report, 'file'>> {
  let report = await api.transfers.getImport({ import: id });
  while (report.state !== 'done') {
    report = await api.transfers.applyImport({ import: id });
    progress('applied', report.rows.done + report.rows.refused, report.rows.all);
  }
  const { items } = await api.transfers.importProblems({ import: id, limit: 100 });
  return { ...report, problems: items };
}

function linesOf({ file, shape, source, rows, made, unpaid, problems }: Report, isTrial: boolean): string[] {
  const would = isTrial ? 'would make' : 'made';
  return [
    `${file}: ${rows.all} rows of ${source} ${shape}, ${rows.done} in, ${rows.refused} refused${isTrial ? ' (nothing was changed)' : ''}`,
    `  ${would} ${made.participants} participants, ${made.codes} codes, ${made.referrals} referrals, ${made.conversions} conversions, ${made.pastRewards} rewards paid in the past`,
    ...unpaid.map(({ currency, minor }) => `  not taken over: ${minor} minor units of ${currency} owed and not paid`),
    ...problems.map(
      ({ line, state, reason }) => `  line ${line} ${state === 'refused' ? 'refused' : 'in, but'}: ${reason}`,
    ),
  ];
}
