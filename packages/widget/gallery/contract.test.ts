import { contract, liveMessages } from '@laurelkit/sdk/contract';
import { receiptInEvidence, verifyEvidence } from '@laurelkit/sdk/draws';
import { expect, test } from 'vitest';
import { changesOf, contractOf } from '../src/editor/contract.ts';
import { type Contest, emptyForm, formOf, prize } from '../src/editor/form.ts';
import { answer, step } from './api.ts';
import { writeContest } from './contest-api.ts';
import { evidenceOf, forgedEvidence, receiptOf } from './draw.ts';
import { replyTo } from './editor-api.ts';
import { type Reply, write } from './referral-api.ts';
import { reviewsOf } from './reviews.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { answerLecture } from './video-api.ts';

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
  '/contests/spring/me': contract.entries.me.response,
  '/contests/spring/history': contract.contests.history.response,
  '/contests/spring/draw': contract.draws.get.response,
  '/contests/spring/draw/receipt': contract.draws.receipt.response,
  '/contests/spring/results': contract.draws.results.response,
  '/contests/spring/teams/mine': contract.teams.mine.response,
  '/contests/spring/leaderboard/interval': contract.leaderboards.interval.response,
  '/contests/spring/leaderboard/friends': contract.leaderboards.friends.response,
};

test.each(Object.keys(scenarios))('the scripted API keeps the contract: %s', (name) => {
  const scenario = scenarios[name]?.();
  if (!scenario) throw new Error('no scenario');
  for (const window of ['all', 'period']) {
    for (const [path, schema] of Object.entries(answers)) {
      if (scenario.own?.left && path.endsWith('friends/me')) continue;
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
  ['/programs/friends/leave', {}, contract.joining.leave],
  ['/programs/friends/rejoin', {}, contract.joining.rejoin],
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

test('what the scripted API answers to staff keeps the contract', () => {
  const scenario = scenarios.editor?.() as Scenario;
  const keeps = (method: string, path: string, schema: { parse(value: unknown): unknown }, body = {}) => {
    const reply = replyTo(method, path, body, scenario);
    expect(schema.parse(reply.body), path).toEqual(reply.body);
  };
  keeps('GET', '/contests', contract.contests.list.response);
  for (const { contest } of scenario.staff?.running ?? []) {
    const path = `/contests/${contest.id}`;
    keeps('GET', path, contract.contests.get.response);
    keeps('GET', `${path}/history`, contract.contests.history.response);
    keeps('GET', `${path}/draw`, contract.draws.get.response);
    keeps('GET', `${path}/results`, contract.draws.results.response);
    keeps('GET', `${path}/winners`, contract.draws.winners.response);
    keeps('GET', `${path}/leaderboard`, contract.leaderboards.list.response);
    keeps('POST', `${path}/disqualifications`, contract.draws.disqualify.response, { entryId: 'b9', reason: 'x' });
    keeps('GET', `${path}/disqualifications`, contract.draws.disqualifications.response);
    keeps('PATCH', path, contract.contests.update.response, { name: 'Other' });
  }
});

test('what the editor sends for a new contest keeps the contract, and comes back as it was typed', () => {
  const scenario = scenarios.editorEmpty?.() as Scenario;
  const typed = {
    ...emptyForm('Europe/Lisbon'),
    ...{ name: 'Summer', slug: 'summer', startsAt: '2030-07-01T09:00', endsAt: '2030-08-01T00:00' },
    prizes: [prize({ name: 'Coffee for a year' })],
  };
  const body = { ...contractOf(typed), program: 'friends', state: 'scheduled' as const };
  expect(contract.contests.create.body.parse(body)).toEqual(body);
  const reply = replyTo('POST', '/contests', contract.contests.create.body.parse(body), scenario);
  expect(contract.contests.create.response.parse(reply.body)).toEqual(reply.body);
  expect(changesOf(reply.body as Contest, formOf(reply.body as Contest))).toEqual({});
});

test('the scripted reviews keep the contract', () => {
  const body = { items: reviewsOf(12), nextCursor: null, waiting: 12 };
  expect(contract.reviews.list.response.parse(body)).toEqual(body);
});

test('boards of teams and of a cohort keep the contract, where there are any', () => {
  const ask = (name: string, path: string) =>
    answer({ scenario: scenarios[name]?.() as Scenario, seq: 100 }, path, new URLSearchParams(), true);
  const teams = ask('teamsMine', '/contests/spring/leaderboard/teams');
  expect(contract.leaderboards.teams.response.parse(teams)).toEqual(teams);
  for (const name of ['league', 'leagueNone']) {
    const cohort = ask(name, '/contests/spring/leaderboard/cohort');
    expect(contract.leaderboards.cohort.response.parse(cohort)).toEqual(cohort);
  }
  expect(ask('raffle', '/contests/spring/leaderboard/teams')).toEqual({ code: 'teams_not_offered' });
});

interface Operation {
  body?: { parse(value: unknown): object };
  response: { parse(value: unknown): unknown };
}

const deeds: [scenario: string, path: string, body: Record<string, unknown>, Operation][] = [
  [
    'asksToJoin',
    '/contests/spring/join',
    { rulesVersion: 1, country: 'PT', ageConfirmed: true },
    contract.entries.join,
  ],
  ['raffle', '/contests/spring/actions/read/open', {}, contract.entries.open],
  ['raffle', '/contests/spring/actions/word', { answer: 'Crema' }, contract.entries.act],
  ['raffle', '/contests/spring/actions/word', { answer: 'no' }, contract.entries.act],
  ['raffle', '/contests/spring/actions/tell', { channel: 'email' }, contract.entries.act],
  ['instant', '/contests/spring/plays', {}, contract.entries.play],
  ['teamsNone', '/contests/spring/teams', { name: 'Owls' }, contract.teams.create],
  ['teamsNone', '/contests/spring/teams/join', { inviteCode: 'BIRD-7K2F' }, contract.teams.join],
  ['teamsMine', '/contests/spring/teams/leave', {}, contract.teams.leave],
  [
    'winner',
    '/winners/01920000-0000-7000-8000-000000000071/claim',
    { values: { address: '1 Quay Road', grind: 'Ground' } },
    contract.draws.claim,
  ],
];

test.each(deeds)('what the scripted API answers to a deed keeps the contract: %s %s', (name, path, body, operation) => {
  const scenario = scenarios[name]?.() as Scenario;
  const given = operation.body ? { ...operation.body.parse(body) } : body;
  const reply = writeContest(scenario, path, given, true) as Reply;
  expect(operation.response.parse(reply.body)).toEqual(reply.body);
  const me = answer({ scenario, seq: 100 }, '/contests/spring/me', new URLSearchParams(), true);
  expect(contract.entries.me.response.parse(me)).toEqual(me);
});

test('the evidence of the gallery holds, and the reader’s receipt with it; what was forged does not', () => {
  expect(verifyEvidence(evidenceOf()).steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(receiptInEvidence(receiptOf(), evidenceOf())).toBe(true);
  expect(verifyEvidence(forgedEvidence()).valid).toBe(false);
});

test('what the scripted API answers of a lesson with a video keeps the contract', () => {
  for (const name of ['lecture', 'lectureDone', 'lectureLocked', 'lectureRefuses', 'lectureStrange']) {
    const lecture = scenarios[name]?.().lecture as NonNullable<Scenario['lecture']>;
    const keeps = (path: string, schema: { parse(value: unknown): unknown }, body = {}) => {
      const { body: answer, code } = answerLecture(lecture, `/courses/baking${path}`, body);
      if (!code) expect(schema.parse(answer), path).toEqual(answer);
    };
    keeps('/outline', contract.lessons.outline.response);
    keeps('/progress', contract.progress.get.response);
    keeps('/progress', contract.progress.record.response, {
      events: [{ id: lecture.enrolment, segments: [[0, 24_000]] }],
    });
    keeps('/lessons/kneading', contract.lessons.get.response);
  }
});
