import type { Operation } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { createMailbox } from './mailbox.ts';
import { reviewed } from './reviewed.ts';
import { nowhere, operations, purchase, samplesOf } from './samples.ts';
import { boardSamples } from './samples-boards.ts';
import { courseFileSamples } from './samples-course-files.ts';
import { courseSamples } from './samples-courses.ts';
import { drawSamples } from './samples-draws.ts';
import { enrolmentSamples } from './samples-enrolments.ts';
import { entrySamples } from './samples-entries.ts';
import { insightSamples } from './samples-insight.ts';
import { progressSamples } from './samples-progress.ts';
import { rewardSamples } from './samples-rewards.ts';
import { teamSamples } from './samples-teams.ts';
import { winnerSamples } from './samples-winners.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, dump, refer, seed, seedWebhooks, storageName, testLaurel } from './support.ts';

const json = { 'content-type': 'application/json' };
const fields = ['role', 'tenantId', 'score', 'createdAt', 'id', '__proto__', 'constructor'];

describe(`fields nobody asked for (${storageName})`, () => {
  let laurel: TestLaurel;
  let samples: ReturnType<typeof samplesOf>;
  let token: string;

  beforeAll(async () => {
    laurel = await testLaurel({
      background: false,
      mail: createMailbox().mail,
      stripe: { webhookSecret },
      webhooks: { allow: [nowhere] },
    });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    const { id: referral } = await refer(laurel.api, 'ada', 'bob');
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'bob' });
    const { id } = await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'first' });
    await seedWebhooks(laurel);
    const { id: importId } = await laurel.api.transfers.createImport({
      ...{ program: 'friends', source: 'csv', columns: ['externalId'], fingerprint: 'sample' },
    });
    samples = {
      ...samplesOf(referralCode, id, { ...(await reviewed(laurel)), referral, importId }),
      ...(await rewardSamples(laurel)),
      ...(await courseSamples(laurel)),
      ...(await entrySamples(laurel)),
      ...(await winnerSamples(laurel)),
      ...(await progressSamples(laurel)),
      ...(await teamSamples(laurel)),
      ...(await boardSamples(laurel)),
      ...(await enrolmentSamples(laurel)),
      ...(await insightSamples(laurel)),
      ...(await courseFileSamples(laurel)),
    };
    Object.assign(samples, await drawSamples(laurel));
    token = (await laurel.api.participants.createToken({ participant: 'ada' })).token;
  });

  const keyFor = ({ access }: Operation) => {
    if (access.includes('secret')) return laurel.secretKey;
    return access.includes('publishable') ? laurel.publishableKey : token;
  };

  it.each(operations.filter(({ operation }) => operation.body))(
    'are refused by $name in its body',
    async ({ name, method, operation }) => {
      const { path, body = {} } = samples[name] ?? { path: '/' };
      const before = await dump(laurel);
      for (const field of fields) {
        const text = `{"${field}":{"score":1},${JSON.stringify(body).slice(1)}`.replace(',}', '}');
        const answer = await ask(laurel, method, path, { credential: keyFor(operation), body: text, headers: json });
        expect(answer).toMatchObject({ status: 422, json: { code: 'validation_failed' } });
        expect(answer.json.errors).toEqual([{ pointer: `#/${field}`, detail: 'is not known here' }]);
      }
      expect(await dump(laurel)).toEqual(before);
    },
  );

  it.each(operations.filter(({ operation }) => !operation.furtherQuery))(
    'are refused by $name in its query',
    async ({ name, method, operation }) => {
      const { path, body } = samples[name] ?? { path: '/' };
      const before = await dump(laurel);
      for (const field of fields) {
        const asked = `${path}${path.includes('?') ? '&' : '?'}${field}=1`;
        const answer = await ask(laurel, method, asked, { credential: keyFor(operation), ...(body && { body }) });
        expect(answer, asked).toMatchObject({ status: 422, json: { code: 'validation_failed' } });
      }
      expect(await dump(laurel)).toEqual(before);
    },
  );

  it('travel on through a link, to which others add what they like, and reach nothing on the way', async () => {
    const { path } = samples['clicks.follow'] ?? { path: '/' };
    const query = fields.map((field) => `${field}=1`).join('&');
    const answer = await ask(laurel, 'GET', `${path}?${query}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain(query);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it('never reach the prototype of anything, not even from among the host’s own facts', async () => {
    const body = '{"externalId":"polluter","metadata":{"__proto__":{"admin":true},"plan":"pro"}}';
    const answer = await ask(laurel, 'POST', '/participants', { credential: laurel.secretKey, body, headers: json });
    expect(answer.json.errors).toEqual([{ pointer: '#/metadata/__proto__', detail: 'is not known here' }]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
