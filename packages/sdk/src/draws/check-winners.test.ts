import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../test/draws.ts';
import { entries, failing, prizes, raffle } from '../../test/tampering.ts';
import { disqualificationHash } from './disqualification.ts';
import type { Evidence } from './evidence.ts';

describe('order and winners do not hold', () => {
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
