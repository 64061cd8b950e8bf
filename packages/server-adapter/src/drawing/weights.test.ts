import { mostTickets, mostTicketsInAll } from '@laurelkit/sdk/draws';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pointsPerTicket, ticketLimit, weightOf } from './weights.ts';

const raffle = { kind: 'raffle', mostEntries: null } as const;

it('is the score outside raffles, whatever the limit', () => {
  expect(weightOf(5_000_000, { kind: 'leaderboard', mostEntries: 3 }, 1)).toBe(5_000_000);
});

it('is a ticket a point in a raffle, up to the contest’s limit', () => {
  expect([1, 7, 8, 9].map((score) => weightOf(score, { kind: 'raffle', mostEntries: 8 }, 1))).toEqual([1, 7, 8, 8]);
  expect(weightOf(2_000_000, raffle, 1)).toBe(mostTickets);
});

it('never makes more tickets than a draw takes, loses nobody and gives more points no fewer tickets', () => {
  const scores = fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(scores, (given) => {
      const sorted = [...given].sort((one, other) => one - other);
      const all = sorted.reduce((sum, score) => sum + Math.min(score, ticketLimit(raffle)), 0);
      const weights = sorted.map((score) => weightOf(score, raffle, pointsPerTicket(all, sorted.length)));
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(mostTicketsInAll);
      expect(weights.every((weight, index) => weight >= 1 && weight >= (weights[index - 1] ?? 1))).toBe(true);
    }),
  );
});
