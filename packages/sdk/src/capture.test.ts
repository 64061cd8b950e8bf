// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { page, startApi, visit } from '../test/attribution.ts';
import { captureTouch, createAttribution } from './attribution.ts';

const consent = true;
const home = location.href;
const arrive = (address: string) =>
  (globalThis as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(address);
const capture = (query: string, model: 'first' | 'last' = 'last') => {
  arrive(page + query);
  captureTouch({ model });
  // The API of these tests is not on the origin of the page.
  arrive(home);
};
const codesOf = (received: { body: string }[]) => received.map(({ body }) => JSON.parse(body).referralCode);

beforeEach(() => localStorage.clear());

test('a page that is left at once: the next one knows the touch and records its click, once', async () => {
  const { baseUrl, received } = await startApi();
  capture('?via=ANA&email=a@b.c');
  expect(received).toEqual([]);
  expect((await visit(baseUrl, page, { consent })).get()).toMatchObject({ referralCode: 'ANA' });
  await visit(baseUrl, page, { consent });
  expect(codesOf(received)).toEqual(['ANA']);
});

test('on the page itself the captured touch is the one that is sent: one click', async () => {
  const { baseUrl, received } = await startApi();
  capture('?ref=ANA');
  const { key } = JSON.parse(localStorage.getItem('laurel_attribution') ?? '');
  await visit(baseUrl, `${page}?ref=ANA`, { consent });
  expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual([key]);
});

test('leaving pages early changes nothing about which touch counts', async () => {
  const { baseUrl } = await startApi();
  const step = fc.record({ query: fc.constantFrom('', '?ref=ANA', '?ref=BOB', '?via=EVE'), early: fc.boolean() });
  const model = fc.constantFrom<'first' | 'last'>('first', 'last');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), model, async (steps, model) => {
      const ends: unknown[] = [];
      for (const early of [true, false]) {
        localStorage.clear();
        for (const each of steps) {
          if (early && each.early) capture(each.query, model);
          else await visit(baseUrl, page + each.query, { consent, model });
        }
        ends.push((await visit(baseUrl, page, { consent, model })).get()?.referralCode);
      }
      expect(ends[0]).toBe(ends[1]);
    }),
    { numRuns: 60 },
  );
});

test('the address a loader noted is read, though the page has changed its own since', async () => {
  const { baseUrl, received } = await startApi();
  Object.assign(globalThis, { Laurel: { landing: `${page}?ref=ANA` } });
  const attribution = createAttribution({ baseUrl, key: 'pk_1' });
  await attribution.ready;
  expect(attribution.get()).toMatchObject({ referralCode: 'ANA' });
  expect(JSON.parse(received[0]?.body ?? '').landingUrl).toBe(page);
  expect(attribution.carry('http://localhost:3000/sign-up')).toMatch(/^http:..localhost:3000.sign-up\?ref=ANA/);
  Reflect.deleteProperty(globalThis, 'Laurel');
});
