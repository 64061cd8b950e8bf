import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { UsageError } from './command.ts';

/** A line of a file: what it says by column, or why it could not be read. */
export interface FileRow {
  line: number;
  values: Record<string, string>;
  fault?: string;
}

/** A file of rows: CSV, NDJSON or JSON, by its ending. */
export interface TableFile {
  columns: string[];
  rows(): AsyncIterable<FileRow>;
}

const longest = 10_000;

/** Members of nested JSON by names joined with dots, as text; `metadata` also as a whole. */
export function flatten(value: unknown, name = '', found: Record<string, string> = {}): Record<string, string> {
  if (typeof value !== 'object' || value === null) {
    if (name) found[name] = value === null || value === undefined ? '' : String(value);
    return found;
  }
  if (name === 'metadata') found[name] = JSON.stringify(value);
  for (const [key, member] of Object.entries(value)) flatten(member, name ? `${name}.${key}` : key, found);
  return found;
}

/** What of a row is worth keeping. */
function kept({ line, values, fault }: FileRow): FileRow {
  if (fault !== undefined) return { line, values: {}, fault };
  const filled = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== '' && name !== '' && name.length <= 200),
  );
  const isLong = Object.values(filled).some((value) => value.length > longest);
  return isLong ? { line, values: {}, fault: `a value has more than ${longest} characters` } : { line, values: filled };
}

/**
 * Opens a file of rows. CSV is RFC 4180, with commas, semicolons or tabs, whichever its first line has most of; JSON is a list, or
 * an object that holds one.
 * @throws UsageError when it has no rows that can be told apart
 */
export async function openTable(path: string, delimiter?: string): Promise<TableFile> {
  if (/\.(ndjson|jsonl)$/i.test(path)) return openLines(path);
  if (/\.json$/i.test(path)) return openJson(path);
  return openCsv(path, delimiter ?? (await delimiterOf(path)));
}

async function delimiterOf(path: string): Promise<string> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536) });
  await file.close();
  const [first = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
  const counts = [',', ';', '\t'].map((each): [string, number] => [each, first.split(each).length]);
  return counts.sort(([, a], [, b]) => b - a)[0]?.[0] ?? ',';
}

/** What a spreadsheet would take for a formula has an apostrophe in front; our export put it there. */
const withoutGuard = (value: string) => value.replace(/^'(?=[=+\-@\t\r])/, '');

async function openCsv(path: string, delimiter: string): Promise<TableFile> {
  let columns: string[] = [];
  async function* rows(): AsyncGenerator<FileRow> {
    const faults: FileRow[] = [];
    const parser = parse({
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      columns: (names: string[]) => {
        columns = names.map((name) => name.trim());
        return columns;
      },
      on_skip: (error) => {
        if (!error) return;
        const { lines } = error as unknown as { lines?: number };
        faults.push({ line: lines ?? 1, values: {}, fault: `the line is no CSV: ${error.message}`.slice(0, 500) });
        return undefined;
      },
    });
    const source = createReadStream(path).on('error', (error) => parser.destroy(error));
    for await (const each of source.pipe(parser)) {
      const { record, info } = each as { record: Record<string, string>; info: { lines: number } };
      while (faults.length > 0) yield faults.shift() as FileRow;
      const values = Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name, withoutGuard(value ?? '')]),
      );
      yield kept({ line: info.lines, values });
    }
    yield* faults;
  }
  // The names come with the first row.
  for await (const _ of rows()) break;
  if (columns.length === 0) throw new UsageError(`${path} is empty.`);
  return { columns, rows };
}

async function openLines(path: string): Promise<TableFile> {
  async function* rows(): AsyncGenerator<FileRow> {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      if (text.trim() === '') continue;
      try {
        yield { line, values: flatten(JSON.parse(text)) };
      } catch {
        yield { line, values: {}, fault: 'the line is no JSON' };
      }
    }
  }
  return ofJson(rows, path);
}

async function openJson(path: string): Promise<TableFile> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new UsageError(`${path} is no JSON.`);
  }
  const list = Array.isArray(value) ? value : Object.values(value ?? {}).find(Array.isArray);
  if (!list) throw new UsageError(`${path} holds no list.`);
  async function* rows(): AsyncGenerator<FileRow> {
    for (const [index, each] of (list as unknown[]).entries()) yield { line: index + 1, values: flatten(each) };
  }
  return ofJson(rows, path);
}

/** A table of JSON: members that are `null` everywhere are columns as well. */
async function ofJson(rows: () => AsyncGenerator<FileRow>, path: string): Promise<TableFile> {
  const names = new Set<string>();
  for await (const { values } of rows()) for (const name of Object.keys(values)) names.add(name);
  const columns = [...names].filter((name) => name !== '' && name.length <= 200);
  if (columns.length === 0) throw new UsageError(`${path} is empty.`);
  return {
    columns,
    rows: async function* () {
      for await (const row of rows()) yield kept(row);
    },
  };
}
