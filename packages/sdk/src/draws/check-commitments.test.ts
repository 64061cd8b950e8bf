import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../test/draws.ts';
import { failing, raffle, recommit } from '../../test/tampering.ts';
import { commitmentHash } from './commitment.ts';
import type { Evidence } from './evidence.ts';

describe('commitments do not hold', () => {
  it('when a commitment was changed, came late, or broke an earlier one', () => {
    expect(
      failing(({ commitments: [one] }) => {
        if (one) one.document = one.document.replace('Bell', 'Ball');
      }),
    ).toContain('commitments');
    expect(
      failing((copy) =>
        recommit(copy, (document) => {
          document.tiePolicy = 'draw';
        }),
      ),
    ).toContain('commitments');
    expect(
      failing((copy) =>
        recommit(copy, (document) => {
          document.name = 'Autumn';
        }),
      ),
    ).toContain('order');
    expect(
      failing(({ commitments: [one] }) => {
        if (one) one.committedAt = '2026-03-01T12:00:00.000Z';
      }),
    ).toContain('commitments');
    expect(
      failing((copy) => {
        copy.commitments = [];
      }),
    ).toContain('commitments');
    expect(
      failing((copy) => {
        copy.receiptKey = 'ab'.repeat(32);
      }),
    ).toContain('commitments');
    expect(
      failing((copy) => {
        copy.contest.kind = 'leaderboard';
      }),
    ).toContain('commitments');
    const spaced = (copy: Evidence) => {
      const [one] = copy.commitments as [Evidence['commitments'][number]];
      one.document = `${one.document} `;
      one.hash = commitmentHash(one.document);
    };
    expect(failing(spaced)).toContain('commitments');
    const extended = makeEvidence({ ...raffle, versions: 3 });
    expect(failing(() => {}, extended)).toEqual([]);
    expect(failing((copy) => copy.commitments.shift(), extended)).toContain('commitments');
    expect(
      failing(
        (copy) =>
          recommit(copy, (document) => {
            document.prizes = [{ name: 'Car', winners: 1 }];
          }),
        extended,
      ),
    ).toContain('commitments');
    // The second extension came after the end it was to move, so that the first one counts.
    const late = (copy: Evidence) => {
      const [, , last] = copy.commitments as [unknown, unknown, Evidence['commitments'][number]];
      last.committedAt = '2026-03-01T11:30:00.000Z';
    };
    expect(failing(late, extended)).toEqual(['order', 'winners']);
  });
}, 60_000);
