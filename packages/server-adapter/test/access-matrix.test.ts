import { randomUUID } from 'node:crypto';
import type { Access } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { askToJoin, createMailbox, openJoining } from './mailbox.ts';
import { reviewed } from './reviewed.ts';
import { nowhere, operations, purchase, type Sample, samplesOf } from './samples.ts';
import { boardSamples } from './samples-boards.ts';
import { courseFileSamples } from './samples-course-files.ts';
import { courseSamples, unwritten } from './samples-courses.ts';
import { drawSamples, undecided } from './samples-draws.ts';
import { enrolmentSamples } from './samples-enrolments.ts';
import { entrySamples } from './samples-entries.ts';
import { insightSamples } from './samples-insight.ts';
import { progressSamples } from './samples-progress.ts';
import { rewardSamples } from './samples-rewards.ts';
import { teamSamples } from './samples-teams.ts';
import { winnerSamples } from './samples-winners.ts';
import { stripeKey } from './stripe-api.ts';
import { webhookSecret } from './stripe-events.ts';
import { dump, eventually, refer, seed, seedWebhooks, sql, storageName, testLaurel } from './support.ts';

/** How a caller presents themself, what that proves, and the refusal where it proves nothing. */
interface Credential {
  headers: Record<string, string>;
  proves: Access | null;
  refusal?: { status: number; code: string };
}

const invalid = { status: 401, code: 'token_invalid' };
const unknown = { status: 401, code: 'unauthenticated' };
const foreign = { status: 403, code: 'origin_not_allowed' };

describe(`who may call what (${storageName})`, () => {
  let laurel: TestLaurel;
  let samples: Record<string, Sample>;
  let credentials: Record<string, Credential>;
  let turn = 0;

  beforeAll(async () => {
    const mailbox = createMailbox();
    laurel = await testLaurel({
      background: false,
      mail: mailbox.mail,
      stripe: { webhookSecret, secretKey: stripeKey, apiUrl: nowhere },
      webhooks: { allow: [nowhere] },
    });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    const { id: referral } = await refer(laurel.api, 'ada', 'bob');
    await openJoining(laurel);
    await askToJoin(laurel, 'first@own.example');
    const confirmation = await mailbox.tokenFor('first@own.example');
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'bob' });
    const conversion = await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'first' });
    await seedWebhooks(laurel);
    const { id: importId } = await laurel.api.transfers.createImport({
      ...{ program: 'friends', source: 'csv', columns: ['externalId'], fingerprint: 'sample' },
    });
    samples = {
      ...samplesOf(referralCode, conversion.id, { ...(await reviewed(laurel)), referral, confirmation, importId }),
      ...(await rewardSamples(laurel)),
      ...(await courseSamples(laurel)),
      ...(await entrySamples(laurel)),
      ...(await teamSamples(laurel)),
      ...(await boardSamples(laurel)),
      ...(await insightSamples(laurel)),
      ...(await winnerSamples(laurel)),
      ...(await enrolmentSamples(laurel)),
      ...(await courseFileSamples(laurel)),
      ...(await progressSamples(laurel)),
    };
    const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
    const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
    laurel.travelTo(new Date(Date.now() - 3_600_000));
    const expired = await tokenOf('ada');
    const { token: expiredStaff } = await laurel.api.staff.createToken({ name: 'Sam' });
    laurel.travelTo(null);
    Object.assign(samples, await drawSamples(laurel));
    const revoked = await laurel.keys.create('secret');
    await laurel.keys.revoke(revoked.id);
    const token = await tokenOf('ada');
    const { token: staffToken } = await laurel.api.staff.createToken({ name: 'Sam' });
    const evil = { origin: 'https://evil.example' };
    credentials = {
      'no credential': { headers: {}, proves: 'public', refusal: unknown },
      garbage: { headers: bearer('garbage'), proves: null, refusal: invalid },
      'another scheme': { headers: { authorization: 'Basic YTpi' }, proves: null, refusal: unknown },
      'an unknown secret key': { headers: bearer(`sk_${'x'.repeat(32)}`), proves: null, refusal: unknown },
      'a revoked secret key': { headers: bearer(revoked.key), proves: null, refusal: unknown },
      'a publishable key from a foreign origin': {
        headers: { ...bearer(laurel.publishableKey), ...evil },
        proves: null,
        refusal: foreign,
      },
      'a participant token from a foreign origin': {
        headers: { ...bearer(token), ...evil },
        proves: null,
        refusal: foreign,
      },
      'an expired participant token': { headers: bearer(expired), proves: null, refusal: invalid },
      'a staff token from a foreign origin': {
        headers: { ...bearer(staffToken), ...evil },
        proves: null,
        refusal: foreign,
      },
      'an expired staff token': { headers: bearer(expiredStaff), proves: null, refusal: invalid },
      'a publishable key': { headers: bearer(laurel.publishableKey), proves: 'publishable' },
      'a participant token': { headers: bearer(token), proves: 'participant' },
      'a staff token': { headers: bearer(staffToken), proves: 'staff' },
      'a secret key': { headers: bearer(laurel.secretKey), proves: 'secret' },
    };
  });

  const send = async (method: string, name: string, { headers }: Credential) => {
    const { path, body, raw } = samples[name] as Sample;
    // What is created must be new each time.
    const fresh =
      body &&
      Object.fromEntries(Object.entries(body).map(([key, value]) => [key, value === 'new' ? `new-${++turn}` : value]));
    const response = await laurel.fetch(
      new Request(`https://shop.example/api${path}`, {
        method,
        headers: { ...headers, ...raw?.headers(), ...(fresh && { 'content-type': 'application/json' }) },
        ...(fresh && { body: JSON.stringify(fresh) }),
        ...(raw && { body: raw.text }),
      }),
    );
    const type = response.headers.get('content-type');
    if (type !== 'application/problem+json') {
      await response.body?.cancel();
      return { status: response.status, code: null };
    }
    const problem = (await response.json()) as { status: number; code: string };
    expect(problem.status).toBe(response.status);
    return { status: problem.status, code: problem.code };
  };

  /** A dump once nothing of a request before is still on its way. */
  const quietDump = async () => {
    const unsent = () => sql(laurel, 'select from $schema.join_request where mailed_at is null');
    await eventually(unsent, (rows) => rows.length === 0);
    return dump(laurel);
  };

  /** What a contest must be for its operation, which leaves it otherwise. */
  const contestFor: Record<string, string> = {
    'contests.pause': `state = 'scheduled'`,
    'contests.resume': `state = 'paused'`,
    'contests.extend': `state = 'scheduled', ends_at = now() + interval '1 day'`,
  };
  const prepare = async (name: string) => {
    if (name.startsWith('courses.')) await sql(laurel, unwritten);
    if (name === 'draws.setNumbers') await sql(laurel, undecided);
    if (contestFor[name]) await sql(laurel, `update $schema.contest set ${contestFor[name]} where slug = 'spring'`);
  };

  it('is told for every operation of the contract', () => {
    expect(Object.keys(samples).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it.each(operations)('$name admits its callers and nobody else', async ({ name, method, operation }) => {
    const open = operation.access.includes('public');
    const isAdmitted = ({ proves }: Credential) => proves !== null && (open || operation.access.includes(proves));
    const callers = Object.entries(credentials);
    const got: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};

    await prepare(name);
    const before = await quietDump();
    for (const [who, credential] of callers.filter(([, each]) => !isAdmitted(each))) {
      got[who] = await send(method, name, credential);
      expected[who] = credential.refusal ?? { status: 403, code: 'forbidden' };
    }
    expect(await dump(laurel), `${name} changed something for somebody it refuses`).toEqual(before);

    for (const [index, [who, credential]] of callers.filter(([, each]) => isAdmitted(each)).entries()) {
      await prepare(name);
      // The first by a key: what runs in one transaction from beginning to end may wait for nothing outside it.
      const headers = index === 0 ? { ...credential.headers, 'idempotency-key': randomUUID() } : credential.headers;
      got[who] = await send(method, name, { ...credential, headers });
      expected[who] = { status: operation.status ?? 200, code: null };
    }
    expect(got).toEqual(expected);
  });
});
