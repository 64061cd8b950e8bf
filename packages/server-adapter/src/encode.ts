import { stringify } from 'csv-stringify/sync';

type Row = Record<string, unknown>;

/** A value as JSON has it; instants become text. */
const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/** A value as a cell: instants and objects become text, nothing becomes nothing. */
function cell(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Rows as NDJSON: one object a line. */
export const encodeLines = (rows: readonly Row[], columns: readonly string[]): string =>
  rows
    .map((row) => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, plain(row[name]) ?? null])))}\n`)
    .join('');

/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab, carriage return first)
 * gets an apostrophe in front.
 */
export const encodeCsv = (rows: readonly Row[], columns: readonly string[], withHeader: boolean): string =>
  stringify([...(withHeader ? [columns] : []), ...rows.map((row) => columns.map((name) => cell(row[name])))], {
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
