import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../test/draws.ts';
import { entries, evidence, failing, raffle } from '../../test/tampering.ts';

describe('entries, their root and the freeze', () => {
  it('do not hold when a weight was changed, an entry left out or added, or two were moved', () => {
    expect(
      failing(({ entries: [first] }) => {
        if (first) first[1] += 1;
      }),
    ).toContain('root');
    expect(failing((copy) => copy.entries.pop())).toContain('root');
    expect(failing((copy) => copy.entries.push(['zoe', 1, 9]))).toContain('root');
    expect(failing((copy) => copy.entries.reverse())).toContain('entries');
    expect(failing((copy) => copy.entries.push(copy.entries.at(-1) as never))).toContain('entries');
    expect(
      failing(({ entries: [first] }) => {
        if (first) first[2] += 1;
      }),
    ).toContain('entries');
    expect(
      failing(({ entries: [first] }) => {
        if (first) first[2] += 1000;
      }),
    ).toContain('entries');
    expect(
      failing(({ freeze }) => {
        freeze.root.count += 1;
      }),
    ).toContain('root');
    expect(
      failing(({ freeze }) => {
        freeze.root.sum += 1;
      }),
    ).toContain('root');
  });

  it('hold when entries and root were changed together: only receipts show that', () => {
    // Only a receipt shows it, or whoever saw the root: everything here agrees with itself.
    const changed = makeEvidence({ ...raffle, entries: entries.slice(1) });
    expect(failing(() => {}, changed)).toEqual([]);
    expect(changed.freeze.root).not.toEqual(evidence.freeze.root);
  });

  it('do not hold when the freeze was before the end, or so late that its round was there already', () => {
    expect(
      failing(({ freeze }) => {
        freeze.frozenAt = '2026-03-01T11:59:59.999Z';
      }),
    ).toContain('freeze');
    expect(
      failing(({ freeze }) => {
        freeze.frozenAt = '2026-03-01T13:00:00.000Z';
      }),
    ).toContain('freeze');
    expect(failing(() => {}, makeEvidence({ ...raffle, late: 3_600_000 }))).toEqual([]);
  });
}, 60_000);
