import { problems } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { nowhere, purchase, webhook } from './samples.ts';
import { ask, dump, refer, seed, seedWebhooks, storageName, testLaurel } from './support.ts';

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
    laurel = await testLaurel({ background: false, webhooks: { allow: [nowhere] } });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await refer(laurel.api, 'ada', 'bob');
    own = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
    clickId = (await laurel.api.clicks.record({ referralCode: own })).clickId;
    await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'first' });
    token = (await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 })).token;
    await seedWebhooks(laurel);
    const past = { startsAt: '2025-01-01T00:00:00Z', endsAt: '2025-02-01T00:00:00Z' };
    for (const slug of ['over', 'ended']) {
      await laurel.api.contests.create({ program: 'friends', slug, name: 'Over', ...past });
    }
    await laurel.api.contests.update({ contest: 'over', state: 'closed' });
    const soon = { startsAt: '2080-01-01T00:00:00Z', endsAt: '2080-02-01T00:00:00Z' };
    await laurel.api.contests.create({ program: 'friends', slug: 'soon', name: 'Soon', ...soon });
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
    'a link of an unknown programme': () =>
      of('program_not_found', 'GET', `/r/${own}?program=nothing`, undefined, { credential: 'none' }),
    'joining without mail': () =>
      of(
        ...(['email_unavailable', 'POST', '/programs/friends/join'] as const),
        { email: 'eve@example.com', consent: true, consentText: 'I agree.' },
        { credential: 'publishable' },
      ),
    'a confirmation nobody asked for': () =>
      of(
        ...(['confirmation_invalid', 'POST', '/programs/friends/confirm'] as const),
        { token: 'x'.repeat(43) },
        { credential: 'publishable' },
      ),
    'open joining without a text to agree to': () =>
      of('validation_failed', 'PATCH', '/programs/friends', { joining: 'open' }),
    'a reserved code': () =>
      of('code_reserved', 'POST', '/programs/friends/codes', { participant: 'ada', code: 'Ad-min' }),
    'a coupon of one’s own making': () =>
      of(
        'forbidden',
        'POST',
        '/programs/friends/codes',
        { code: 'TENOFF', kind: 'coupon' },
        {
          credential: 'participant',
        },
      ),
    'an unknown coupon': () =>
      of('code_not_found', 'POST', '/conversions', { ...purchase, couponCode: 'zzzzzz', idempotencyKey: '9' }),
    'one’s own coupon': () =>
      of('self_referral', 'POST', '/conversions', {
        ...{ ...purchase, participant: 'ada', couponCode: own, idempotencyKey: '9' },
      }),
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
    'no such reward rule': () => of('rule_not_found', 'PATCH', `/reward-rules/${nobody}`, { name: 'Rule' }),
    'no such reward': () => of('reward_not_found', 'POST', `/rewards/${nobody}/cancel`, { reason: 'none' }),
    'no such payout batch': () => of('batch_not_found', 'POST', `/payout-batches/${nobody}/approve`),
    'no such payout': () => of('payout_not_found', 'POST', `/payouts/${nobody}/paid`, {}),
    'nothing to pay': () => of('nothing_to_pay', 'POST', '/programs/friends/payout-batches', { currency: 'EUR' }),
    'a share of a sign-up': () =>
      of('rule_invalid', 'POST', '/programs/friends/reward-rules', {
        ...{ slug: 'share', name: 'Share' },
        definition: { to: 'referrer', on: 'referral', value: { kind: 'percent', basisPoints: 100 } },
      }),
    'points of a contest that is decided': () =>
      of('rule_invalid', 'POST', '/programs/friends/reward-rules', {
        ...{ slug: 'points', name: 'Points' },
        definition: { to: 'referrer', on: 'qualified', value: { kind: 'points', contest: 'over', points: 1 } },
      }),
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
      of('validation_failed', 'PATCH', '/contests/soon', { endsAt: '2001-01-01T00:00:00Z' }),
    'an end that moves without a word': () =>
      of('contest_state_conflict', 'PATCH', '/contests/spring', { endsAt: '2090-01-01T00:00:00Z' }),
    'a contest that cannot work': () => of('contest_invalid', 'PATCH', '/contests/soon', { kind: 'league' }),
    'a pause before the start': () =>
      of('contest_state_conflict', 'POST', '/contests/soon/pause', { note: 'A pause.' }),
    'a pause of what is over': () => of('contest_closed', 'POST', '/contests/over/pause', { note: 'A pause.' }),
    'rules of a version nobody wrote': () => of('rules_not_found', 'GET', '/contests/spring/rules?version=2'),
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
    'an unknown webhook endpoint': () => of('webhook_endpoint_not_found', 'GET', `/webhooks/endpoints/${nobody}`),
    'an unknown webhook endpoint to be removed': () =>
      of('webhook_endpoint_not_found', 'DELETE', `/webhooks/endpoints/${nobody}`),
    'an unknown webhook delivery': () => of('webhook_delivery_not_found', 'GET', `/webhooks/deliveries/${nobody}`),
    'an unknown webhook delivery to be sent again': () =>
      of('webhook_delivery_not_found', 'POST', `/webhooks/deliveries/${nobody}/replay`),
    'a webhook to a private address': () =>
      of('webhook_url_not_allowed', 'POST', '/webhooks/endpoints', { url: 'https://10.0.0.1/hooks' }),
    'a webhook to an address that has one': () =>
      of('webhook_url_taken', 'PATCH', `/webhooks/endpoints/${webhook.removable}`, { url: `${nowhere}/hooks` }),
    'a webhook for an event nobody knows': () =>
      of('validation_failed', 'POST', '/webhooks/endpoints', { url: `${nowhere}/x`, events: ['click.everywhere'] }),
    'a cursor of another log': () => of('invalid_cursor', 'GET', '/webhooks/deliveries?cursor=WyJ4Il0'),
    'an unknown review': () => of('review_not_found', 'GET', `/reviews/${nobody}`),
    'an unknown review among those decided': () =>
      of('review_not_found', 'POST', '/reviews/decide', { reviews: [nobody], decision: 'approved', reason: 'x' }),
    'an appeal that is not one’s own': () =>
      of('review_not_found', 'POST', `/reviews/${nobody}/appeal`, { message: 'x' }, { credential: 'participant' }),
    'more decisions than a hundred': () =>
      of('validation_failed', 'POST', '/reviews/decide', {
        ...{ reviews: Array(101).fill(nobody), decision: 'approved', reason: 'x' },
      }),
    'an unknown listing': () => of('listing_not_found', 'POST', `/risk/listings/${nobody}/remove`, {}),
    'a listing that is not of its kind': () =>
      of('listing_invalid', 'POST', '/risk/listings', { kind: 'ip', value: 'home', reason: 'x' }),
    'a dry run with a weight of nothing': () =>
      of('validation_failed', 'POST', '/programs/friends/risk/dry-run', { weights: { nonsense: 1 } }),
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
