import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

/** Where rows to import come from. `csv` is a table of anybody's, its columns named like our fields or told by `map`. */
export const importSources = [
  'laurel',
  'csv',
  'rewardful',
  'firstpromoter',
  'growsurf',
  'viralloops',
  'referralhero',
  'dub',
] as const;

/** An import takes rows while it is open, applies them, and is done. */
export const importStates = ['open', 'applying', 'done'] as const;

/** What may be exported. */
export const exportTables = [
  'participants',
  'codes',
  'clicks',
  'referrals',
  'conversions',
  'rewards',
  'past-rewards',
  'payouts',
  'reviews',
  'program',
  'participations',
  'consents',
  'reward-rules',
  'reward-history',
  'reward-entries',
  'payout-history',
  'points',
  'review-history',
  'risk-listings',
] as const;

export const exportFormats = ['ndjson', 'csv'] as const;

/** What an import has come to so far. */
export const Import = z.object({
  id,
  program: z.string(),
  source: z.enum(importSources),
  /** Which of the source’s tables it is, such as `affiliates`. */
  shape: z.string(),
  state: z.enum(importStates),
  rows: z.object({ all: z.int(), waiting: z.int(), done: z.int(), refused: z.int() }),
  /** What the rows made that was not there before. */
  made: z.object({
    participants: z.int(),
    codes: z.int(),
    referrals: z.int(),
    conversions: z.int(),
    /** Rewards paid by the other product. They are kept as history and are never paid by Laurel. */
    pastRewards: z.int(),
  }),
  /** What the other product owes people and has not paid. It is not taken over. */
  unpaid: z.array(z.object({ currency: z.string(), minor: z.int() })),
  createdAt: instant,
  updatedAt: instant,
});

/** A row that did not go in, or not wholly, and why. */
export const ImportProblem = z.object({
  line: z.int(),
  /** `refused`: nothing of it went in. `done`: the rest of it did. */
  state: z.enum(['waiting', 'done', 'refused']),
  reason: z.string(),
});

/** The most rows in one chunk. */
const mostRows = 500;

const header = text(200);
const run = z.strictObject({ import: id });

export const transfers = {
  createImport: {
    summary: 'Begin an import, or find the one of the same `fingerprint`: the same file continues where it stopped.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ program: reference }),
    body: z.strictObject({
      source: z.enum(importSources),
      /** Which of the source’s tables; left out: the one whose columns are all there. */
      shape: z.optional(text(40)),
      /** Names of the columns, those of nested JSON joined by dots. */
      columns: z.array(header).check(z.minLength(1), z.maxLength(500)),
      /** Which column holds a field of ours, where it is another than documented: `{ "email": "E-mail address" }`. */
      map: z._default(z.record(text(40), header), {}),
      /** What tells the file from others, such as its SHA-256. */
      fingerprint: text(200),
    }),
    response: Import,
    problems: ['program_not_found', 'program_archived', 'import_columns_unknown'],
  },
  addRows: {
    summary: 'Add rows. Each line is kept once: sending a chunk again changes nothing.',
    access: ['secret'],
    limit: 'write',
    params: run,
    body: z.strictObject({
      rows: z
        .array(
          z.strictObject({
            line: z.int().check(z.minimum(1), z.maximum(2_000_000_000)),
            values: z._default(z.record(header, z.string().check(z.maxLength(10_000))), {}),
            /** Why the line could not be read, if it could not. */
            fault: z.optional(text(500)),
          }),
        )
        .check(z.minLength(1), z.maxLength(mostRows)),
    }),
    response: Import,
    problems: ['import_not_found', 'import_state_conflict'],
  },
  getImport: {
    summary: 'How far an import is.',
    access: ['secret'],
    limit: 'read',
    params: run,
    response: Import,
    problems: ['import_not_found'],
  },
  checkImport: {
    summary: 'What applying the import would come to: done, counted and undone again. Changes nothing.',
    access: ['secret'],
    limit: 'write',
    params: run,
    response: z.extend(Import, { problems: z.array(ImportProblem) }),
    problems: ['import_not_found'],
  },
  applyImport: {
    summary: 'Apply the next rows, at most 500. Call it until the state is `done`; it continues where it stopped.',
    access: ['secret'],
    limit: 'write',
    params: run,
    response: Import,
    problems: ['import_not_found'],
  },
  importProblems: {
    summary: 'The rows of an import that did not go in, or not wholly, and why.',
    access: ['secret'],
    limit: 'read',
    params: run,
    query: z.strictObject(page),
    response: list(ImportProblem),
    problems: ['import_not_found', 'invalid_cursor'],
  },
  export: {
    summary: 'Everything of one kind as NDJSON or CSV (RFC 4180, safe to open in a spreadsheet).',
    access: ['secret'],
    limit: 'read',
    params: z.strictObject({ program: reference, table: z.enum(exportTables) }),
    query: z.strictObject({ format: z._default(z.enum(exportFormats), 'ndjson') }),
    contentType: 'application/x-ndjson',
    streamed: true,
    problems: ['program_not_found'],
  },
} as const satisfies Operations<Routes['transfers']>;
