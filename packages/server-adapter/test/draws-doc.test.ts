import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  canonicalJson,
  drawPositions,
  type Evidence,
  merkleSumReceipts,
  merkleSumRoot,
  quicknet,
  receiptInEvidence,
  type SignedReceipt,
  ticketLabels,
  toHex,
  verifyEvidence,
} from '@laurelkit/sdk/draws';
import { describe, expect, it } from 'vitest';
import { whyNot } from './second-verifier/verify.mjs';

const page = await readFile(new URL('../../../docs/draws.md', import.meta.url), 'utf8');
const [evidence, receipt] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json)) as [
  Evidence,
  SignedReceipt,
];

/** Rows of the page’s tables that hold a value in hexadecimal digits, by what is in the first column. */
const values = new Map(
  [...page.matchAll(/^\| (.+?) \|.*`([0-9a-f]{64,96})` \|$/gm)].map(([, name = '', value = '']) => [name, value]),
);
const entries = evidence.entries.map(([id, weight, seq]) => ({ id, weight, seq }));
const [commitment] = evidence.commitments as [Evidence['commitments'][number]];
const randomness = evidence.randomness?.randomness ?? '';
const sha256 = (...parts: (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

describe('the example in docs/draws.md', () => {
  it('holds, for both verifiers, with what quicknet published', () => {
    expect(verifyEvidence(evidence).steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(receiptInEvidence(receipt, evidence)).toBe(true);
    expect(whyNot(evidence, receipt)).toBeNull();
  });

  it('says the salt, the randomness and the key', () => {
    expect(values.get('salt')).toBe(sha256(commitment.document).toString('hex'));
    expect(canonicalJson(JSON.parse(commitment.document))).toBe(commitment.document);
    expect(values.get('signature')).toBe(evidence.randomness?.kind === 'drand' ? evidence.randomness.signature : '');
    expect(values.get('randomness')).toBe(sha256(Buffer.from(values.get('signature') ?? '', 'hex')).toString('hex'));
    expect(values.get('randomness')).toBe(randomness);
    const key = createHmac('sha256', Buffer.from(commitment.hash, 'hex')).update(Buffer.from(randomness, 'hex'));
    expect(values.get('key')).toBe(key.digest('hex'));
  });

  it('says the position of every ticket', () => {
    const labels = entries.flatMap((entry) => [...ticketLabels(entry)]);
    expect(labels).toHaveLength(8);
    for (const [label, position] of drawPositions({ salt: commitment.hash, randomness, labels })) {
      expect(values.get(`\`${label}\``)).toBe(toHex(position));
    }
  });

  it('says each node of the tree', () => {
    const [left, right, last] = entries.map(({ id }) => values.get(`leaf \`${id}\``));
    const [first] = merkleSumReceipts(entries).values();
    expect([right, last]).toEqual(first?.proof.map(({ hash }) => hash));
    expect(merkleSumReceipts(entries).get(entries[1]?.id ?? '')?.proof[0]?.hash).toBe(left);
    const node = merkleSumReceipts(entries).get(entries[2]?.id ?? '')?.proof[0];
    expect(node).toMatchObject({ hash: values.get('node of the first two'), sum: 6, side: 'left' });
    const be64 = (number: number) => Buffer.concat([Buffer.alloc(7), Buffer.of(number)]);
    const bytes = (digits = '') => Buffer.from(digits, 'hex');
    const top = sha256(Buffer.of(1), be64(6), bytes(node?.hash), be64(2), bytes(last));
    expect(values.get('top')).toBe(top.toString('hex'));
    expect(values.get('root')).toBe(sha256(Buffer.of(2), be64(3), be64(8), top).toString('hex'));
    expect(merkleSumRoot(entries)).toEqual({ hash: values.get('root'), sum: 8, count: 3 });
    expect(receipt).toMatchObject({ ...first });
  });

  it('describes quicknet', () => {
    expect(JSON.parse(commitment.document).source.chain).toEqual(quicknet);
    expect(page).toContain(`period ${quicknet.period}, genesis ${quicknet.genesis}, scheme \`${quicknet.scheme}\``);
    expect(page).toContain(`\`${quicknet.hash}\``);
  });
});
