import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEvidence, receiptFor, receiptKey } from '../../test/draws.ts';
import type { SignedReceipt } from './evidence-receipt.ts';
import { receiptFault, receiptInEvidence, verifySignedReceipt } from './receipt.ts';
import { receiptFaultOnPage } from './receipt-on-page.ts';

const entries = ['ann', 'ben', 'cem', 'dea', 'eli'].map((id, index) => ({ id, weight: index + 1, seq: index }));
const told = { kind: 'leaderboard', tiePolicy: 'earliest', prizes: [{ name: 'Cup', winners: 1 }], entries } as const;
const evidence = makeEvidence({ ...told, prizes: [...told.prizes] });
const contest = evidence.contest.id;
const receipt = receiptFor(contest, entries, 'cem');

/** What both say: the library for servers, and the one for pages. */
async function fault(given: SignedReceipt, of = evidence) {
  const said = receiptFault(given, of);
  expect(receiptInEvidence(given, of)).toBe(said === null);
  const onPage = await receiptFaultOnPage(given, of);
  expect(onPage === null).toBe(said === null);
  return said;
}

describe('a signed receipt', () => {
  it('holds as it was given', async () => {
    expect(verifySignedReceipt(receipt, receiptKey)).toBe(true);
    expect(await fault(receipt)).toBeNull();
    expect(await receiptFaultOnPage(receipt, evidence)).toBeNull();
  });

  it('cannot be changed by its holder, nor signed by somebody else', async () => {
    for (const change of [{ weight: 4 }, { entryId: 'dea' }, { contest: 'other' }, { proof: [] }]) {
      expect(verifySignedReceipt({ ...receipt, ...change }, receiptKey)).toBe(false);
      expect(await fault({ ...receipt, ...change })).toContain('not signed');
    }
    expect(verifySignedReceipt(receipt, 'ab'.repeat(32))).toBe(false);
    fc.assert(
      fc.property(fc.nat(127), (at) => {
        const digit = receipt.signature[at] === '0' ? '1' : '0';
        const signature = receipt.signature.slice(0, at) + digit + receipt.signature.slice(at + 1);
        expect(verifySignedReceipt({ ...receipt, signature }, receiptKey)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it('shows that its entry was left out, or its weight changed', async () => {
    const of = (changed: typeof entries) => makeEvidence({ ...told, prizes: [...told.prizes], entries: changed });
    expect(await fault(receipt, of(entries.filter(({ id }) => id !== 'cem')))).toContain('another root');
    expect(await fault(receipt, of(entries.map((each) => ({ ...each, weight: each.weight + 1 }))))).toContain(
      'another root',
    );
    const hidden = structuredClone(evidence);
    hidden.entries = hidden.entries.filter(([id]) => id !== 'cem');
    expect(await fault(receipt, hidden)).toContain('left out');
    hidden.entries = [['cem', 2, 2]];
    expect(await fault(receipt, hidden)).toContain('listed with 2, not with 3');
    expect(await fault(receipt, { ...evidence, contest: { ...evidence.contest, id: 'other' } })).toContain(
      'another contest',
    );
  });

  it('is never valid when it is garbage', async () => {
    for (const wrong of [null, undefined, {}, [], 'x', { ...receipt, signature: 'zz' }, { ...receipt, root: null }]) {
      expect(verifySignedReceipt(wrong as never, receiptKey)).toBe(false);
      expect(await fault(wrong as never)).not.toBeNull();
    }
    expect(verifySignedReceipt(receipt, 'no key')).toBe(false);
    expect(receiptFault(receipt, null as never)).not.toBeNull();
  });
});
