import { encodeCsv } from '../encode.ts';
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
} as const;

const columns = ['rank', 'denseRank', 'ordinal', 'name', 'score', 'tiedWith', 'id'];
const pageSize = 100;

/** Compares what is kept with the ledgers. */
async function compare(options: ReturnType<typeof storageOptions>, rebuild: boolean, { print }: Terminal) {
  const found = await withLaurel(options, (laurel) => laurel.recount({ rebuild }));
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

/** Prints a board as it was, counted from the ledger alone, as CSV. */
async function printBoard(
  options: ReturnType<typeof storageOptions>,
  contest: string,
  at: string | undefined,
  { print }: Terminal,
) {
  // The ids of rows are made with the secret of the installation.
  const secret = process.env.LAUREL_SECRET;
  if (!secret) throw new UsageError('Set LAUREL_SECRET: the ids of a board’s rows are made with it.');
  const instant = at ?? new Date().toISOString();
  const moment = /^\d+$/.test(instant) ? { seq: Number(instant) } : { at: instant };
  await withLaurel({ ...options, secret }, async ({ api }) => {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.leaderboards.past>> = await api.leaderboards.past({
        ...{ contest, limit: pageSize, ...moment },
        ...(cursor !== null && { cursor }),
      });
      print(encodeCsv(page.items, columns, cursor === null).trimEnd());
      cursor = page.nextCursor;
    } while (cursor !== null);
  });
  return 0;
}

export const recount: Command = {
  usage: 'laurel recount [--rebuild] | laurel recount --contest SLUG [--at INSTANT|SEQ]',
  summary:
    'compare standings and rewards with their ledgers, --rebuild makes standings anew; or print a board as it was, as CSV',
  run: async (words, terminal) => {
    const { values } = readWords(words, flags);
    const options = storageOptions(values);
    if (values.contest === undefined) {
      if (values.at !== undefined) throw new UsageError('Say which contest: --contest SLUG');
      return compare(options, values.rebuild ?? false, terminal);
    }
    if (values.rebuild) throw new UsageError('--rebuild is for all contests: leave --contest out.');
    return printBoard(options, values.contest, values.at, terminal);
  },
};
