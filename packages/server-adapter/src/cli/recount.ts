import { deriveKey } from '../access/secrets.ts';
import { databaseOn } from '../db/database.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { findContest } from '../db/references.ts';
import { checkSeals } from '../drawing/check-seals.ts';
import { encodeCsv } from '../encode.ts';
import { boardColumns } from '../leaderboards/board-csv.ts';
import { countedFor, pastPages, seqAt } from '../leaderboards/past.ts';
import { openStorage } from '../open.ts';
import { type LaurelOptions, settle } from '../options.ts';
import {
  type Command,
  readWords,
  storageFlags,
  storageOptions,
  type Terminal,
  UsageError,
  withLaurel,
} from './command.ts';

const flags = {
  ...storageFlags,
  rebuild: { type: 'boolean' },
  contest: { type: 'string' },
  at: { type: 'string' },
  window: { type: 'string' },
} as const;

const pageSize = 10_000;

/** Compares what is kept with the ledgers. */
async function compare(options: ReturnType<typeof storageOptions>, rebuild: boolean, { print }: Terminal) {
  const all = await withLaurel(options, (laurel) => laurel.recount({ rebuild, of: 'ledgers' }));
  const found = all.filter((each) => each.kind !== 'progress');
  const standings = found.filter((each) => each.kind !== 'reward');
  for (const each of standings) {
    const where = each.kind === 'seq' ? 'sequence' : `participant ${each.participant} since ${each.periodStart}`;
    print(`contest ${each.contest}  ${where}  kept ${each.kept ?? 'nothing'}  ledger ${each.counted ?? 'nothing'}`);
  }
  for (const each of found) {
    if (each.kind !== 'reward') continue;
    print(`reward ${each.reward}  participant ${each.participant}  worth ${each.kept}  ledger ${each.counted}`);
  }
  if (found.length === 0) print('No difference: every standing and every reward is what its ledger says.');
  else if (standings.length > 0) {
    const mended = rebuild ? ', standings rebuilt' : '. Mend standings with: laurel recount --rebuild';
    print(`${found.length} differences${mended}`);
  } else print(`${found.length} rewards differ from the money ledger.`);
  return found.length === 0 || (rebuild && found.length === standings.length) ? 0 : 1;
}

/** Compares progress in courses with its events. */
async function compareCourses(options: ReturnType<typeof storageOptions>, rebuild: boolean, { print }: Terminal) {
  const all = await withLaurel(options, (laurel) => laurel.recount({ rebuild, of: 'courses' }));
  const found = all.filter((each) => each.kind === 'progress');
  for (const { enrolment, participant, node, what, kept, counted } of found) {
    const where = enrolment === null ? `participant ${participant}` : `enrolment ${enrolment}`;
    print(`${where}  ${node ?? 'course'}  ${what}  kept ${kept ?? 'nothing'}  events ${counted ?? 'nothing'}`);
  }
  if (found.length === 0) print('No difference: all progress is what its events come to.');
  else
    print(
      `${found.length} differences${rebuild ? ', made anew' : '. Mend them with: laurel recount courses --rebuild'}`,
    );
  return found.length === 0 || rebuild ? 0 : 1;
}

/** The instant or the sequence number that was typed; now, where nothing was. @throws UsageError */
function momentIn(at: string | undefined): number | Date {
  if (at !== undefined && /^\d{1,15}$/.test(at)) return Number(at);
  const instant = at === undefined ? new Date() : new Date(at);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new UsageError(`--at is an instant such as 2026-05-01T12:00:00Z, or a sequence number; not "${at}".`);
}

/** The window that was typed; the whole contest, where none was. @throws UsageError */
function windowIn(window = 'all'): 'all' | 'period' {
  if (window === 'all' || window === 'period') return window;
  throw new UsageError(`--window is all or period, not "${window}".`);
}

interface AskedBoard {
  contest: string;
  at: number | Date;
  window: 'all' | 'period';
}

/** Prints a board as it was, counted from the ledger alone, as CSV; beside it what the ledger comes to, and whether its seals hold. */
async function printBoard(
  options: LaurelOptions,
  { contest, at, window }: AskedBoard,
  { print, complain }: Terminal,
): Promise<number> {
  if (!process.env.LAUREL_SECRET) {
    throw new UsageError('Set LAUREL_SECRET: the ids of a board’s rows are made with it.');
  }
  const settings = settle(options);
  const key = deriveKey(settings.secret, 'board-id');
  const storage = await openStorage(settings);
  try {
    if ((await pendingMigrations(storage, settings.schema)).length > 0) {
      throw new UsageError('Migrations are pending: run "laurel migrate" first.');
    }
    return await storage.transaction(async (transaction) => {
      // Millions of rows may be read: the time limit of ordinary statements is not meant for that.
      await transaction.script('set local statement_timeout = 0');
      const database = databaseOn(transaction, settings.schema);
      const { id } = await findContest(database, contest, { now: null });
      const seq = typeof at === 'number' ? at : await seqAt(database, id, at);
      let isFirst = true;
      const counted = await countedFor(database, id, { window, at: typeof at === 'number' ? null : at, seq });
      for await (const rows of pastPages(database, key, counted, pageSize)) {
        // What prints ends the line: CR is there, LF comes.
        print(encodeCsv(rows, boardColumns, isFirst).slice(0, -1));
        isFirst = false;
      }
      // Beside the board, which may go into a file.
      const ledger = await checkSeals(database, key, id, seq);
      complain(`ledger up to ${ledger.seq}: ${ledger.hash}`);
      if (ledger.broken === null) complain(`${ledger.seals} seals hold: no row of it was changed since.`);
      else complain(`The seal of row ${ledger.broken} does not hold: the ledger was changed after it was sealed.`);
      return ledger.broken === null ? 0 : 1;
    });
  } finally {
    await storage.close();
  }
}

export const recount: Command = {
  usage:
    'laurel recount [courses] [--rebuild] | laurel recount --contest SLUG [--at INSTANT|SEQ] [--window all|period]',
  summary:
    'compare standings and rewards with their ledgers, or progress in courses with its events, --rebuild makes them anew; or print a board as it was, as CSV, and check the seals of its ledger',
  run: async (words, terminal) => {
    const { values, positionals } = readWords(words, flags);
    const options = storageOptions(values);
    if (positionals.length > 0) {
      if (positionals.join(' ') !== 'courses') throw new UsageError(`Not known: ${positionals.join(' ')}`);
      if (values.contest !== undefined) throw new UsageError('--contest is for boards: leave "courses" out.');
      return compareCourses(options, values.rebuild ?? false, terminal);
    }
    if (values.contest === undefined) {
      if ((values.at ?? values.window) !== undefined) throw new UsageError('Say which contest: --contest SLUG');
      return compare(options, values.rebuild ?? false, terminal);
    }
    if (values.rebuild) throw new UsageError('--rebuild is for all contests: leave --contest out.');
    const board = { contest: values.contest, at: momentIn(values.at), window: windowIn(values.window) };
    return printBoard(options, board, terminal);
  },
};
