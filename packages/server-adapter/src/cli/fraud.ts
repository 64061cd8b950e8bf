import { readFile } from 'node:fs/promises';
import { type Command, readWords, storageFlags, storageOptions, UsageError, withLaurel } from './command.ts';

const flags = {
  ...storageFlags,
  program: { type: 'string' },
  days: { type: 'string' },
  mode: { type: 'string' },
  weights: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const modes = ['off', 'loose', 'normal', 'strict'] as const;

const percent = (share: number | null) => (share === null ? 'nothing reviewed' : `${Math.round(share * 1000) / 10} %`);

export const fraud: Command = {
  usage: 'laurel fraud dry-run --program X [--days 90] [--mode strict] [--weights FILE.json] [--json]',
  summary: 'what a rule set would have held of the past, and how that agrees with past reviews',
  run: async (words, { print }) => {
    const { values, positionals } = readWords(words, flags);
    if (positionals[0] !== 'dry-run') throw new UsageError('Say what to do: dry-run.');
    const { program } = values;
    if (program === undefined) throw new UsageError('Say which programme: --program SLUG.');
    const weights = values.weights === undefined ? {} : await readWeights(values.weights);
    const mode = modes.find((each) => each === (values.mode ?? 'normal'));
    if (!mode) throw new UsageError(`--mode must be one of ${modes.join(', ')}.`);
    const days = Number(values.days ?? 90);
    if (!Number.isInteger(days) || days < 1 || days > 400)
      throw new UsageError('--days must be a whole number from 1 to 400.');
    const found = await withLaurel(storageOptions(values), (laurel) =>
      laurel.api.risk.dryRun({ program, days, mode, weights }),
    );
    if (values.json) {
      print(JSON.stringify(found, null, 2));
      return 0;
    }
    const { referrals, passed, held, rejected, reviewed } = found;
    print(`${program}, the last ${days} days, mode ${mode}: ${referrals} referrals`);
    print(`  would pass ${passed}, be held ${held}, be rejected ${rejected}`);
    print(`  reviewed by people: ${reviewed}`);
    print(`  precision (of those stopped and reviewed, rejected by people): ${percent(found.precision)}`);
    print(`  recall (of those rejected by people, stopped): ${percent(found.recall)}`);
    if (found.fromAssessments > 0) {
      print(
        `  ${found.fromAssessments} are older than what is kept of addresses and devices: for those, signals as assessed then`,
      );
    }
    if (found.bySignal.length > 0)
      print(`\n  ${'signal'.padEnd(22)}${'referrals'.padStart(10)}${'reviewed'.padStart(10)}  precision`);
    for (const each of found.bySignal) {
      print(
        `  ${each.code.padEnd(22)}${String(each.referrals).padStart(10)}${String(each.reviewed).padStart(10)}  ${percent(each.precision)}`,
      );
    }
    return 0;
  },
};

/** Weights by signal code, as a JSON object in a file. */
async function readWeights(file: string): Promise<Record<string, number>> {
  try {
    const weights: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (weights !== null && typeof weights === 'object' && !Array.isArray(weights)) {
      return weights as Record<string, number>;
    }
  } catch (error) {
    throw new UsageError(`--weights: ${error instanceof Error ? error.message : error}`);
  }
  throw new UsageError('--weights must hold a JSON object such as { "same_ip": 0 }.');
}
