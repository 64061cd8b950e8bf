import { contract, liveMessages } from '@laurelkit/sdk/contract';
import { expect, test } from 'vitest';
import { answer, step } from './api.ts';
import { reviewsOf } from './reviews.ts';
import { scenarios } from './scenario.ts';

const answers = {
  '/contests/spring': contract.contests.get.response,
  '/programs/friends': contract.programs.get.response,
  '/programs/friends/me': contract.programs.me.response,
  '/contests/spring/leaderboard': contract.leaderboards.list.response,
  '/contests/spring/standing': contract.leaderboards.standing.response,
};

test.each(Object.keys(scenarios))('the scripted API keeps the contract: %s', (name) => {
  const scenario = scenarios[name]?.();
  if (!scenario) throw new Error('no scenario');
  for (const window of ['all', 'period']) {
    for (const [path, schema] of Object.entries(answers)) {
      const body = answer({ scenario, seq: 100 }, path, new URLSearchParams({ window, limit: '10' }), true);
      expect(schema.parse(body), path).toEqual(body);
    }
  }
  const message = step({ scenario, seq: 100, streams: new Set() }, 0, 5);
  expect(liveMessages.leaderboard.parse(message)).toEqual(message);
});

test('the scripted reviews keep the contract', () => {
  const body = { items: reviewsOf(12), nextCursor: null, waiting: 12 };
  expect(contract.reviews.list.response.parse(body)).toEqual(body);
});
