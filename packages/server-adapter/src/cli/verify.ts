import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  type DrandChain,
  type Evidence,
  receiptFault,
  type SignedReceipt,
  verificationSteps,
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
  const info = (await readJson(file)) as Record<string, unknown> | null;
  const { public_key, period, genesis_time, hash, schemeID } = info ?? {};
  if (typeof public_key !== 'string' || typeof hash !== 'string' || schemeID !== 'bls-unchained-g1-rfc9380') {
    throw new UsageError(
      `${file} does not describe a beacon of the scheme bls-unchained-g1-rfc9380, as relays do at /info.`,
    );
  }
  return { hash, publicKey: public_key, period: Number(period), genesis: Number(genesis_time), scheme: schemeID };
}

export const verify: Command = {
  usage: 'laurel verify EVIDENCE.json [--receipt RECEIPT.json] [--chain INFO.json]',
  summary:
    'check a draw from its evidence (- reads standard input), without database or secret; --chain trusts a beacon',
  run: async (words, { print }) => {
    const { values, positionals } = readWords(words, { receipt: { type: 'string' }, chain: { type: 'string' } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new UsageError('Give one file of evidence, or - for standard input.');
    if (file === '-' && values.receipt === '-') throw new UsageError('Only one of the two can come in.');
    const evidence = await readJson(file);
    const receipt = values.receipt === undefined ? undefined : await readJson(values.receipt);
    const chains = values.chain === undefined ? [] : [await readChain(values.chain)];

    let valid = true;
    const show = (name: string, ok: boolean, detail: string) => {
      valid &&= ok;
      print(`${ok ? '✓' : '✗'} ${name.padEnd(17)} ${detail}`);
    };
    for (const { name, ok, detail } of verificationSteps(evidence, { chains })) show(name, ok, detail);
    if (receipt !== undefined) {
      const fault = receiptFault(receipt as SignedReceipt, evidence as Evidence);
      show('receipt', fault === null, fault ?? 'The entry is listed as the receipt says.');
    }
    print(valid ? '\nThe draw is what was promised.' : '\nDo not trust this draw: what is marked ✗ does not hold.');
    return valid ? 0 : 1;
  },
};
