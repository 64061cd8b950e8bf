import { contract, liveMessages } from '@laurelkit/sdk/contract';
import { expect, test } from 'vitest';
import { answer, step } from './api.ts';
import { write } from './referral-api.ts';
import { reviewsOf } from './reviews.ts';
import { type Scenario, scenarios } from './scenario.ts';

const answers = {
  '/contests/spring': contract.contests.get.response,
  '/programs/friends': contract.programs.get.response,
  '/programs/friends/me': contract.programs.me.response,
  '/programs/friends/wallet': contract.rewards.wallet.response,
  '/programs/friends/reviews': contract.reviews.mine.response,
  '/programs/friends/channels': contract.joining.channels.response,
  '/programs/friends/invitation': contract.joining.invitation.response,
  '/contests/spring/leaderboard': contract.leaderboards.list.response,
  '/contests/spring/standing': contract.leaderboards.standing.response,
};

test.each(Object.keys(scenarios))('the scripted API keeps the contract: %s', (name) => {
  const scenario = scenarios[name]?.();
  if (!scenario) throw new Error('no scenario');
  for (const window of ['all', 'period']) {
    for (const [path, schema] of Object.entries(answers)) {
      const body = answer(
        { scenario, seq: 100 },
        path,
        new URLSearchParams({ window, limit: '10', referralCode: 'ADA' }),
        true,
      );
      expect(schema.parse(body), path).toEqual(body);
    }
  }
  const message = step({ scenario, seq: 100, streams: new Set() }, 0, 5);
  expect(liveMessages.leaderboard.parse(message)).toEqual(message);
});

const changes: [
  path: string,
  body: Record<string, unknown>,
  { body: { parse(value: unknown): object }; response: { parse(value: unknown): unknown } },
][] = [
  ['/programs/friends/join', { email: 'a@b.example', consent: true, consentText: 'x' }, contract.joining.join],
  ['/programs/friends/confirm', { token: 'good' }, contract.joining.confirm],
  ['/programs/friends/codes', { code: 'MIRA' }, contract.joining.chooseCode],
  ['/programs/friends/me', { introducedAs: null }, contract.joining.settings],
];

test.each(changes)('what the scripted API answers to a change keeps the contract: %s', (path, body, operation) => {
  const reply = write(scenarios.rewarded?.() as Scenario, path, { ...operation.body.parse(body) }, true);
  expect(operation.response.parse(reply.body)).toEqual(reply.body);
});

test('an appeal in the scripted API keeps the contract, and counts once', () => {
  const scenario = scenarios.rewarded?.() as Scenario;
  const review = scenario.own?.reviews.find(({ mayAppeal }) => mayAppeal);
  const appeal = () => write(scenario, `/reviews/${review?.id}/appeal`, { message: 'It was my brother.' }, true);
  const reply = appeal();
  expect(contract.reviews.appeal.response.parse(reply.body)).toEqual(reply.body);
  expect(appeal()).toEqual({ status: 409, code: 'review_state_conflict' });
});

test('the scripted reviews keep the contract', () => {
  const body = { items: reviewsOf(12), nextCursor: null, waiting: 12 };
  expect(contract.reviews.list.response.parse(body)).toEqual(body);
});
