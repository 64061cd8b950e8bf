import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  chainOfInfo,
  type DrandChain,
  type Evidence,
  type ListedPlay,
  type PlaysToVerify,
  receiptFault,
  type SignedReceipt,
  verificationSteps,
  verifyPlays,
} from '@laurelkit/sdk/draws';
import { type Command, readWords, UsageError } from './command.ts';

/** A JSON file, or what comes in for `-`. @throws UsageError */
async function readJson(file: string): Promise<unknown> {
  let content: string;
  try {
    content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return JSON.parse(content);
  } catch {
    throw new UsageError(`${file === '-' ? 'What came in' : file} is no JSON.`);
  }
}

/** A beacon as its relays describe it at `/info`. */
async function readChain(file: string): Promise<DrandChain> {
  const chain = chainOfInfo(await readJson(file));
  if (!chain) {
    throw new UsageError(
      `${file} does not describe a beacon of the scheme bls-unchained-g1-rfc9380, as relays do at /info.`,
    );
  }
  return chain;
}

/** Which contest a commitment is of; '' where it does not say. */
function contestOf(document: unknown): string {
  try {
    return (JSON.parse(String(document)) as { contest?: string } | null)?.contest ?? '';
  } catch {
    return '';
  }
}

interface PlaysPage {
  items: ListedPlay[];
  seed: string | null;
}

/** Plays, one page or a list of them, and the commitments of a draw or its evidence, put together. @throws UsageError */
async function readPlays(file: string, promises: unknown): Promise<PlaysToVerify> {
  const content = (await readJson(file)) as PlaysPage | PlaysPage[];
  const pages = [content].flat();
  if (!pages.every((page) => Array.isArray(page?.items))) {
    throw new UsageError(
      `${file} has no plays: give what GET /contests/{contest}/plays answers, or a list of all its pages.`,
    );
  }
  const [commitment] = (promises as Partial<Evidence> | null)?.commitments ?? [];
  if (!commitment)
    throw new UsageError('The first file names no commitment: give what GET /contests/{contest}/draw answers.');
  const seed = pages.findLast((page) => page.seed)?.seed;
  if (!seed) throw new UsageError(`${file} has no seed: it is shown once the contest has ended.`);
  const contest = contestOf(commitment.document);
  return { commitment, seed, contest, plays: pages.flatMap(({ items }) => items) };
}

export const verify: Command = {
  usage: 'laurel verify EVIDENCE.json [--receipt RECEIPT.json] [--plays PLAYS.json] [--chain INFO.json]',
  summary:
    'check a draw from its evidence (- reads standard input), without database or secret; --plays checks those of an instant win; --chain trusts a beacon',
  run: async (words, { print }) => {
    const { values, positionals } = readWords(words, {
      ...{ receipt: { type: 'string' }, plays: { type: 'string' }, chain: { type: 'string' } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new UsageError('Give one file of evidence, or - for standard input.');
    if ([file, values.receipt, values.plays].filter((each) => each === '-').length > 1)
      throw new UsageError('Only one of them can come in.');
    const evidence = await readJson(file);
    const receipt = values.receipt === undefined ? undefined : await readJson(values.receipt);
    const plays = values.plays === undefined ? undefined : await readPlays(values.plays, evidence);
    const chains = values.chain === undefined ? [] : [await readChain(values.chain)];

    let valid = true;
    const show = (name: string, ok: boolean, detail: string) => {
      valid &&= ok;
      print(`${ok ? '✓' : '✗'} ${name.padEnd(17)} ${detail}`);
    };
    // An instant win may have no draw: what is committed is all there is to check its plays by.
    const isDrawn = plays === undefined || (evidence as Partial<Evidence>).format !== undefined;
    const steps = isDrawn ? verificationSteps(evidence, { chains }) : [];
    for (const { name, ok, detail } of steps) show(name, ok, detail);
    for (const { name, ok, detail } of plays ? verifyPlays(plays).steps : []) show(`plays: ${name}`, ok, detail);
    if (receipt !== undefined) {
      const fault = receiptFault(receipt as SignedReceipt, evidence as Evidence);
      show('receipt', fault === null, fault ?? 'The entry is listed as the receipt says.');
    }
    print(
      valid
        ? `\n${isDrawn ? 'The draw is' : 'The plays are'} what was promised.`
        : '\nDo not trust this draw: what is marked ✗ does not hold.',
    );
    return valid ? 0 : 1;
  },
};
