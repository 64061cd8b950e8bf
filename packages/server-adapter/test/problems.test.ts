import { problems } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { purchase } from './samples.ts';
import { ask, dump, refer, seed, storageName, testLaurel } from './support.ts';

const json = { 'content-type': 'application/json' };
const program = { slug: 'fresh', name: 'Fresh', landingUrl: 'https://shop.example/' };
const upsert = { externalId: 'someone' };
const nobody = '01890000-0000-7000-8000-000000000000';
const later = new Date(Date.now() + 31 * 86_400_000);

/** What a request is refused with. `credential` is the secret key unless told. */
interface Refusal {
  request: [method: string, path: string];
  body?: unknown;
  headers?: Record<string, string>;
  credential?: 'none' | 'publishable' | 'participant';
  at?: Date;
  code: keyof typeof problems;
}

describe(`problems (${storageName})`, () => {
  let laurel: TestLaurel;
  let token: string;
  let own: string;
  let clickId: string;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await refer(laurel.api, 'ada', 'bob');
    own = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
    clickId = (await laurel.api.clicks.record({ referralCode: own })).clickId;
    await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'first' });
    token = (await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 })).token;
    const past = { startsAt: '2025-01-01T00:00:00Z', endsAt: '2025-02-01T00:00:00Z' };
    for (const slug of ['over', 'ended']) {
      await laurel.api.contests.create({ program: 'friends', slug, name: 'Over', ...past });
    }
    await laurel.api.contests.update({ contest: 'over', state: 'closed' });
    await laurel.api.programs.create({ ...program, slug: 'archived' });
    await laurel.api.programs.update({ program: 'archived', archived: true });
  });

  /** Sends a request that is refused; answers what came back, after seeing that nothing changed. */
  const refused = async ({ request: [method, path], body, headers, credential, at, code }: Refusal) => {
    const keys = { none: undefined, publishable: laurel.publishableKey, participant: token };
    const key = credential ? keys[credential] : laurel.secretKey;
    const before = await dump(laurel);
    laurel.travelTo(at ?? null);
    const answer = await ask(laurel, method, path, {
      ...(key && { credential: key }),
      body,
      ...(headers && { headers }),
    });
    laurel.travelTo(null);
    expect(answer.json ?? answer.text).toMatchObject({ code, status: problems[code].status });
    expect(answer.status).toBe(problems[code].status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.json.type).toBe(`urn:laurel:problem:${code}`);
    expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'));
    expect(await dump(laurel)).toEqual(before);
    return answer;
  };
  const bind = (fields: object) => ({ program: 'friends', ...fields });
  const of = (
    code: Refusal['code'],
    method: string,
    path: string,
    body?: unknown,
    more: Partial<Refusal> = {},
  ): Refusal => {
    return { code, request: [method, path], ...(body !== undefined && { body }), ...more };
  };

  const cases: Record<string, () => Refusal> = {
    'one’s own code': () => of('self_referral', 'POST', '/referrals', bind({ participant: 'ada', referralCode: own })),
    'one’s own click, with one’s own token': () =>
      of('self_referral', 'POST', '/referrals', bind({ clickId }), { credential: 'participant' }),
    'an unknown code': () =>
      of('code_not_found', 'POST', '/referrals', bind({ participant: 'cleo', referralCode: 'zzzzzz' })),
    'an unknown code followed': () => of('code_not_found', 'GET', '/r/zzzzzz', undefined, { credential: 'none' }),
    'an unknown click': () =>
      of('click_not_found', 'POST', '/referrals', bind({ participant: 'cleo', clickId: nobody })),
    'a click past its window': () =>
      of('attribution_window_expired', 'POST', '/referrals', bind({ participant: 'cleo', clickId }), { at: later }),
    'nothing that says who referred': () =>
      of('attribution_missing', 'POST', '/referrals', bind({ participant: 'cleo' })),
    'an archived programme': () =>
      of('program_archived', 'POST', '/conversions', { ...purchase, program: 'archived', idempotencyKey: '1' }),
    'an archived programme to join': () =>
      of('program_archived', 'POST', '/referrals', { program: 'archived', participant: 'cleo', referralCode: own }),
    'a key of the programme used for something else': () =>
      of('idempotency_key_reused', 'POST', '/conversions', { ...purchase, event: 'other', idempotencyKey: 'first' }),
    'a closed contest': () => of('contest_closed', 'PATCH', '/contests/over', { name: 'Again' }),
    'scoring that changes while it counts': () =>
      of('contest_state_conflict', 'PATCH', '/contests/spring', { scoring: [{ event: '*', points: 9 }] }),
    'an ended contest to be made longer': () =>
      of('contest_state_conflict', 'PATCH', '/contests/ended', { endsAt: '2030-01-01T00:00:00Z' }),
    'a slug in use': () => of('slug_taken', 'POST', '/programs', { ...program, slug: 'friends' }),
    'a foreign origin': () =>
      of(
        'origin_not_allowed',
        'POST',
        '/clicks',
        { referralCode: own },
        {
          ...{ credential: 'publishable', headers: { origin: 'https://evil.example' } },
        },
      ),
    'a conversion from a browser': () =>
      of('forbidden', 'POST', '/conversions', { ...purchase, idempotencyKey: '2' }, { credential: 'participant' }),
    'another participant’s business': () =>
      of('forbidden', 'POST', '/referrals', bind({ participant: 'bob', referralCode: own }), {
        credential: 'participant',
      }),
    'a landing page in javascript:': () =>
      of('validation_failed', 'POST', '/programs', { ...program, landingUrl: 'javascript:alert(1)' }),
    'a redirect to javascript:': () =>
      of('landing_not_allowed', 'GET', `/r/${own}?to=javascript:alert(1)`, undefined, { credential: 'none' }),
    'a redirect to another host': () =>
      of('landing_not_allowed', 'GET', `/r/${own}?to=//evil.example`, undefined, { credential: 'none' }),
    'a body of 10 MB': () => of('body_too_large', 'POST', '/participants', { externalId: 'x'.repeat(10_000_000) }),
    'a body that says it is of 10 MB': () =>
      of('body_too_large', 'POST', '/participants', '{}', { headers: { 'content-length': '10000000' } }),
    'malformed JSON': () => of('malformed_json', 'POST', '/participants', '{"externalId": "x"', { headers: json }),
    'form data': () =>
      of('unsupported_media_type', 'POST', '/participants', 'externalId=x', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    'text that is JSON inside': () =>
      of('unsupported_media_type', 'POST', '/participants', upsert, { headers: { 'content-type': 'text/plain' } }),
    'a cursor nobody gave out': () => of('invalid_cursor', 'GET', '/contests?cursor=WyJ4Il0'),
    'a cursor of another list': () => of('invalid_cursor', 'GET', '/programs?cursor=WzksMV0'),
    'a cursor on a board that is a number': () => of('invalid_cursor', 'GET', '/contests/spring/leaderboard?cursor=MQ'),
    'limit=1e9': () => of('validation_failed', 'GET', '/contests?limit=1e9'),
    'limit=0': () => of('validation_failed', 'GET', '/contests?limit=0'),
    'a name given twice in the query': () => of('validation_failed', 'GET', '/contests?limit=1&limit=2'),
    'a name nobody knows in the query': () => of('validation_failed', 'GET', '/contests?sort=name'),
    '__proto__ in the query': () => of('validation_failed', 'GET', '/contests?__proto__=1'),
    'a name too long': () =>
      of('validation_failed', 'POST', '/participants', { ...upsert, displayName: 'x'.repeat(81) }),
    'NUL in a name': () => of('validation_failed', 'POST', '/participants', { ...upsert, displayName: 'a\u0000b' }),
    'half a character in a name': () =>
      of('validation_failed', 'POST', '/participants', '{"externalId":"a\\ud800"}', { headers: json }),
    'an Idempotency-Key with a space': () =>
      of('idempotency_key_invalid', 'POST', '/participants', upsert, { headers: { 'idempotency-key': 'two words' } }),
    'an end before the start': () =>
      of('validation_failed', 'PATCH', '/contests/spring', { endsAt: '2001-01-01T00:00:00Z' }),
    'a time zone only half the world knows': () =>
      of('validation_failed', 'POST', '/contests', {
        program: 'friends',
        slug: 'x',
        name: 'X',
        timeZone: 'Mars/Base',
        startsAt: '2030-01-01T00:00:00Z',
        endsAt: '2031-01-01T00:00:00Z',
      }),
    'an unknown route': () => of('route_not_found', 'GET', '/nothing'),
    'the path beside the mount': () => of('route_not_found', 'GET', 'x/livez'),
    'an unknown participant': () => of('participant_not_found', 'GET', '/participants/nobody'),
    'an unknown programme': () => of('program_not_found', 'GET', '/programs/nothing'),
    'an unknown contest': () => of('contest_not_found', 'GET', `/contests/${nobody}`),
    'an unknown import': () => of('import_not_found', 'POST', `/imports/${nobody}/apply`, {}),
    'columns that are no table of the product': () =>
      of('import_columns_unknown', 'POST', '/programs/friends/imports', {
        ...{ source: 'rewardful', columns: ['a'], fingerprint: 'x' },
      }),
    'Stripe’s webhook where none is set up': () =>
      of('stripe_not_configured', 'POST', '/programs/friends/stripe/webhook', {}, { credential: 'none' }),
    'an unknown conversion': () => of('conversion_not_found', 'POST', `/conversions/${nobody}/reverse`, {}),
  };

  it.each(Object.keys(cases))('refuse %s and change nothing', async (name) => {
    await refused((cases[name] as () => Refusal)());
  });

  it('name the methods an endpoint takes', async () => {
    const put = await refused(of('method_not_allowed', 'PUT', '/contests/spring', {}));
    expect(put.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'PATCH']);
    const get = await refused(of('method_not_allowed', 'GET', '/conversions'));
    expect(get.headers.get('allow')).toBe('POST');
  });

  it('point at every field at fault at once', async () => {
    const answer = await refused(
      of('validation_failed', 'POST', '/programs', { slug: 'No', name: '', extra: 1, 'a/b~c': 2 }),
    );
    const pointers = answer.json.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect(pointers).toEqual(['#/a~1b~0c', '#/extra', '#/landingUrl', '#/name', '#/slug']);
  });
});
