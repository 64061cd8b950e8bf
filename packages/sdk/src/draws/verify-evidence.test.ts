import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEvidence, signRound, type Told, testChain } from '../../test/draws.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitmentHash } from './commitment.ts';
import { disqualificationHash } from './disqualification.ts';
import { quicknet } from './drand.ts';
import type { Evidence } from './evidence.ts';
import { merkleSumRoot } from './merkle-sum.ts';
import { evidenceChecks, verificationSteps, verifyEvidence } from './verify-evidence.ts';

const chains = [testChain];
const entries = ['ann', 'ben', 'cem', 'dea', 'eli', 'fay', 'gus'].map((id, index) => ({
  id,
  weight: 1 + (index % 3),
  seq: 10 + index,
}));
const prizes = [
  { name: 'Bicycle', winners: 1 },
  { name: 'Bell', winners: 2 },
];
const raffle: Told = { kind: 'raffle', tiePolicy: 'earliest', prizes, entries, takenOut: [1] };
const evidence = makeEvidence(raffle);

/** Names of what does not hold after a change. */
function failing(change: (copy: Evidence) => void, from = evidence): string[] {
  const copy = structuredClone(from);
  change(copy);
  const { valid, steps } = verifyEvidence(copy, { chains });
  const names = steps.filter(({ ok }) => !ok).map(({ name }) => name);
  expect(valid).toBe(names.length === 0);
  return names;
}

/** Writes the commitment anew, hash and all: what an operator could do who was never held to the first one. */
function recommit(
  copy: Evidence,
  change: (document: Record<string, unknown>) => void,
  at = copy.commitments.length - 1,
) {
  const each = copy.commitments[at] as Evidence['commitments'][number];
  const document = JSON.parse(each.document);
  change(document);
  each.document = canonicalJson(document);
  each.hash = commitmentHash(each.document);
}

describe('evidence of a draw', () => {
  it('holds as it was made, step by step', () => {
    const told: string[] = [];
    const { valid, steps } = verifyEvidence(evidence, { chains, onStep: ({ name }) => told.push(name) });
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(valid).toBe(true);
    expect(told).toEqual([...evidenceChecks]);
    expect(evidence.winners.map(({ place, state }) => [place, state])).toEqual([
      [1, 'selected'],
      [2, 'disqualified'],
      [2, 'selected'],
      [3, 'selected'],
    ]);
    expect(verifyEvidence(JSON.parse(JSON.stringify(evidence)), { chains }).valid).toBe(true);
  });

  it('holds for every kind, tie policy and source', () => {
    for (const kind of ['leaderboard', 'raffle', 'milestone', 'waitlist', 'league'] as const) {
      for (const tiePolicy of ['earliest', 'shared', 'draw'] as const) {
        const milestones = prizes.map((prize, index) => ({ ...prize, atPoints: 3 - index }));
        const told = { kind, tiePolicy, entries, prizes: kind === 'milestone' ? milestones : prizes };
        expect(failing(() => {}, makeEvidence(told))).toEqual([]);
        expect(failing(() => {}, makeEvidence({ ...told, numbers: [['7', '3'], ['12']], takenOut: [0, 2] }))).toEqual(
          [],
        );
      }
    }
  }, 60_000);

  it('holds with a published round of quicknet', () => {
    // What was published for round 1000 cannot be the round of a contest that ended later, and is the signature of no other.
    const signature =
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
    const { steps } = verifyEvidence(makeEvidence({ ...raffle, chain: quicknet, signature }));
    expect(steps.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['randomness', 'order', 'winners']);
    expect(steps.find(({ name }) => name === 'randomness')?.detail).toContain('signature');
  });

  it('trusts no beacon that it was not told to trust', () => {
    const { valid, steps } = verifyEvidence(evidence);
    expect(valid).toBe(false);
    expect(steps.find(({ name }) => name === 'randomness')?.detail).toContain('not one that is known');
    const posing = { ...testChain, hash: quicknet.hash };
    expect(verifyEvidence(makeEvidence({ ...raffle, chain: posing })).valid).toBe(false);
    expect(verifyEvidence(evidence, { chains: [{ ...testChain, genesis: testChain.genesis + 3 }] }).valid).toBe(false);
  });

  describe('does not hold', () => {
    it('when a weight was changed, an entry left out or added, or two were moved', () => {
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

    it('when entries and root were changed together but the receipts were not', () => {
      // Only a receipt shows it, or whoever saw the root: everything here agrees with itself.
      const changed = makeEvidence({ ...raffle, entries: entries.slice(1) });
      expect(failing(() => {}, changed)).toEqual([]);
      expect(changed.freeze.root).not.toEqual(evidence.freeze.root);
    });

    it('when another round decided', () => {
      const other = (evidence.freeze.round ?? 0) + 1;
      const wrongRound = (copy: Evidence) => {
        if (copy.randomness?.kind !== 'drand') return;
        copy.randomness = { ...copy.randomness, round: other, signature: signRound(other) };
      };
      expect(failing(wrongRound)).toContain('randomness');
      expect(
        failing((copy) => {
          wrongRound(copy);
          copy.freeze.round = other;
        }),
      ).toContain('freeze');
      expect(
        failing((copy) => {
          if (copy.randomness?.kind === 'drand') copy.randomness.signature = signRound(other);
        }),
      ).toContain('randomness');
      expect(
        failing((copy) =>
          recommit(copy, ({ source }) => {
            (source as { round: number }).round += 1;
          }),
        ),
      ).toContain('commitments');
      expect(
        failing((copy) => {
          if (copy.randomness) copy.randomness.randomness = 'ab'.repeat(32);
        }),
      ).toContain('randomness');
      expect(
        failing((copy) => {
          copy.randomness = null;
        }),
      ).toContain('order');
    });

    it('when the freeze was before the end, or so late that its round was there already', () => {
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

    it('when the order was changed', () => {
      expect(failing(({ order }) => order.reverse())).toEqual(['order', 'winners']);
      expect(failing(({ order }) => order.pop())).toContain('order');
    });

    it('when a disqualification was changed, taken out, added or repeated', () => {
      expect(
        failing(({ disqualifications: [one] }) => {
          if (one) one.reason = 'Another.';
        }),
      ).toEqual(['disqualifications']);
      expect(
        failing((copy) => {
          copy.disqualifications = [];
        }),
      ).toEqual(['winners']);
      const two = makeEvidence({ ...raffle, takenOut: [1, 2] });
      expect(failing(({ disqualifications }) => disqualifications.reverse(), two)).toContain('disqualifications');
      expect(failing(({ disqualifications }) => disqualifications.shift(), two)).toContain('disqualifications');
      const again = (copy: Evidence) => {
        const [first] = copy.disqualifications as [Evidence['disqualifications'][number]];
        const link = { ...first, number: 2, previousHash: first.hash };
        copy.disqualifications.push({ ...link, hash: disqualificationHash(copy.contest.id, link) });
      };
      expect(failing(again)).toContain('disqualifications');
    });

    it('when a winner was not next in order, or took another place or prize', () => {
      expect(failing(({ winners }) => winners.shift())).toEqual(['winners']);
      expect(
        failing(({ winners: [first], order }) => {
          if (first) first.entryId = order.at(-1) ?? '';
        }),
      ).toEqual(['winners']);
      expect(
        failing(({ winners: [first] }) => {
          if (first) first.prize = 'Bell';
        }),
      ).toEqual(['winners']);
      expect(
        failing(({ winners: [first, second] }) => {
          if (first && second) [first.place, second.place, first.prize, second.prize] = [2, 1, 'Bell', 'Bicycle'];
        }),
      ).toEqual(['winners']);
      expect(
        failing(({ winners: [, second] }) => {
          if (second) second.state = 'claimed';
        }),
      ).toEqual(['winners']);
      expect(
        failing(({ winners: [first] }) => {
          if (first) first.state = 'disqualified';
        }),
      ).toEqual(['winners']);
      expect(
        failing(({ winners: [, , third] }) => {
          if (third) third.place = 1;
        }),
      ).toEqual(['winners']);
      expect(
        failing((copy) => {
          copy.winners = [];
        }),
      ).toEqual([]);
      expect(
        failing(({ winners: [first] }) => {
          if (first) first.state = 'claimed';
        }),
      ).toEqual([]);
    });

    it('when the public numbers are not those that decided', () => {
      const drawn = makeEvidence({ ...raffle, numbers: [['07', '3'], ['12']] });
      const change = (numbers: string[][]) => (copy: Evidence) => {
        if (copy.randomness?.kind === 'numbers') copy.randomness.numbers = numbers;
      };
      expect(failing(change([['3', '7'], ['0012']]), drawn)).toEqual([]);
      expect(failing(change([['3', '8'], ['12']]), drawn)).toContain('randomness');
      expect(failing(change([['12'], ['3', '7']]), drawn)).toContain('randomness');
      expect(failing(change([['3', '7']]), drawn)).toContain('randomness');
    });

    it('when those of one rank do not share their place', () => {
      const three = [7, 7, 5].map((weight, seq) => ({ id: `entry-${seq}`, weight, seq }));
      const shared = makeEvidence({ kind: 'leaderboard', tiePolicy: 'shared', prizes, entries: three });
      const give =
        (...places: number[]) =>
        (copy: Evidence) => {
          for (const [index, place] of places.entries()) {
            Object.assign(copy.winners[index] ?? {}, { place, prize: place === 1 ? 'Bicycle' : 'Bell' });
          }
        };
      expect(shared.winners.map(({ place }) => place)).toEqual([1, 1, 3]);
      expect(failing(give(1, 2, 3), shared)).toEqual(['winners']);
      expect(failing(give(1, 1, 2), shared)).toEqual(['winners']);
      expect(failing(give(1, 3, 2), shared)).toEqual(['winners']);
      // One of the two lost it: the second place is open then.
      const lapsed = (copy: Evidence) => Object.assign(copy.winners[0] ?? {}, { state: 'lapsed' });
      expect(failing((copy) => [lapsed(copy), give(1, 1, 2)(copy)], shared)).toEqual([]);
    });

    it('when the milestone of a prize was not reached', () => {
      const milestone = makeEvidence({
        kind: 'milestone',
        tiePolicy: 'earliest',
        entries,
        prizes: [
          { name: 'Bell', winners: 3, atPoints: 2 },
          { name: 'Bicycle', winners: 1, atPoints: 3 },
        ],
      });
      expect(milestone.order).toEqual(['cem', 'fay', 'ben', 'eli']);
      expect(milestone.winners.map(({ place, prize }) => [place, prize])).toEqual([
        [4, 'Bicycle'],
        [1, 'Bell'],
        [2, 'Bell'],
        [3, 'Bell'],
      ]);
      expect(
        failing(({ winners: [, , third] }) => {
          if (third) third.place = 4;
        }, milestone),
      ).toEqual(['winners']);
    });
  }, 60_000);

  it('is never valid when it is garbage, and nothing is thrown', () => {
    for (const value of [undefined, null, 7, 'text', [], {}, { format: 'laurel-evidence-1' }]) {
      const { valid, steps } = verifyEvidence(value);
      expect(valid).toBe(false);
      expect(steps).toHaveLength(1);
    }
    fc.assert(fc.property(fc.anything(), (value) => !verifyEvidence(value, { chains }).valid));
    expect([...verificationSteps(null)]).toMatchObject([{ name: 'format', ok: false }]);
  });

  it('does not hold when any part of it is replaced by something else', () => {
    const drawn = makeEvidence({ ...raffle, numbers: [['7', '3'], ['12']] });
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const key of Object.keys(value)) walk(Reflect.get(value, key), [...path, key]);
    };
    walk(drawn, []);
    // What says when or why, but decides nothing; a reason and an instant are in the chain’s hashes.
    const free = paths.filter(([, member]) => member !== 'committedAt' && member !== 'frozenAt');
    fc.assert(
      fc.property(fc.constantFrom(...free), fc.oneof(fc.anything(), fc.string(), fc.nat()), (path, value) => {
        fc.pre(path.join() !== 'contest,name');
        const copy = structuredClone(drawn);
        const parent = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key), copy);
        const before = Reflect.get(parent, path.at(-1) ?? '');
        Reflect.set(parent, path.at(-1) ?? '', value);
        fc.pre(JSON.stringify(before) !== JSON.stringify(value));
        const { valid } = verifyEvidence(copy, { chains });
        // Fewer winners may have been selected so far, the freeze may have counted rows that earned nobody anything, and in a
        // raffle nothing follows from who reached a score first.
        const isHarmless =
          path[0] === 'winners' || path.join() === 'freeze,seq' || (path[0] === 'entries' && path[2] === '2');
        expect(valid && !isHarmless).toBe(false);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

it('two thousand entries with few scores are ordered by points and chance', () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({
    id: `entry-${index}`,
    weight: 1 + (index % 250),
    seq: index,
  }));
  const drawn = makeEvidence({ kind: 'leaderboard', tiePolicy: 'draw', prizes, entries: many });
  expect(verifyEvidence(drawn, { chains }).valid).toBe(true);
  expect(drawn.freeze.root).toEqual(merkleSumRoot(many));
});
