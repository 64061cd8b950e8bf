import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { operations, purchase, samplesOf } from './samples.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, dump, refer, seed, storageName, testLaurel } from './support.ts';

const json = { 'content-type': 'application/json' };
const fields = ['role', 'tenantId', 'score', 'createdAt', 'id', '__proto__', 'constructor'];

describe(`fields nobody asked for (${storageName})`, () => {
  let laurel: TestLaurel;
  let samples: ReturnType<typeof samplesOf>;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false, stripe: { webhookSecret } });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await refer(laurel.api, 'ada', 'bob');
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'bob' });
    const { id } = await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'first' });
    const { id: importId } = await laurel.api.transfers.createImport({
      ...{ program: 'friends', source: 'csv', columns: ['externalId'], fingerprint: 'sample' },
    });
    samples = samplesOf(referralCode, id, importId);
  });

  it.each(operations.filter(({ operation }) => operation.body))(
    'are refused by $name in its body',
    async ({ name, method }) => {
      const { path, body = {} } = samples[name] ?? { path: '/' };
      const before = await dump(laurel);
      for (const field of fields) {
        const text = `{"${field}":{"score":1},${JSON.stringify(body).slice(1)}`.replace(',}', '}');
        const answer = await ask(laurel, method, path, { credential: laurel.secretKey, body: text, headers: json });
        expect(answer).toMatchObject({ status: 422, json: { code: 'validation_failed' } });
        expect(answer.json.errors).toEqual([{ pointer: `#/${field}`, detail: 'is not known here' }]);
      }
      expect(await dump(laurel)).toEqual(before);
    },
  );

  it.each(operations)('are refused by $name in its query', async ({ name, method }) => {
    const { path, body } = samples[name] ?? { path: '/' };
    const before = await dump(laurel);
    for (const field of fields) {
      const asked = `${path}${path.includes('?') ? '&' : '?'}${field}=1`;
      const answer = await ask(laurel, method, asked, { credential: laurel.secretKey, ...(body && { body }) });
      expect(answer, asked).toMatchObject({ status: 422, json: { code: 'validation_failed' } });
    }
    expect(await dump(laurel)).toEqual(before);
  });

  it('never reach the prototype of anything, not even from among the host’s own facts', async () => {
    const body = '{"externalId":"polluter","metadata":{"__proto__":{"admin":true},"plan":"pro"}}';
    const answer = await ask(laurel, 'POST', '/participants', { credential: laurel.secretKey, body, headers: json });
    expect(answer.json.errors).toEqual([{ pointer: '#/metadata/__proto__', detail: 'is not known here' }]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
