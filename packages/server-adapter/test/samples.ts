import { contract, type Operation, routes } from '@laurelkit/sdk/contract';
import { signatureOf, stripeEvent } from './stripe-events.ts';

/** A request that succeeds for whoever may make it. */
export interface Sample {
  path: string;
  /** A value `new` stands for one that must be new each time. */
  body?: Record<string, unknown>;
  /** A body that is signed, and the headers with it. */
  raw?: { text: string; headers: Record<string, string> };
}

/** An event of Stripe's of which nothing follows, signed. */
function signed(type: string) {
  const text = JSON.stringify(stripeEvent(type, { id: 'cus_1' }));
  return { text, headers: { 'stripe-signature': signatureOf(text) } };
}

const when = { startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-02-01T00:00:00Z' };
const landingUrl = 'https://shop.example/';

export const purchase = { program: 'friends', participant: 'bob', event: 'purchase' };

/** Every operation of the contract, its name such as `contests.get`. */
export const operations = Object.entries(contract).flatMap(([resource, table]) =>
  Object.entries(table).map(([name, operation]: [string, Operation]) => {
    const route = (routes as Record<string, Record<string, string>>)[resource]?.[name] ?? '';
    return { name: `${resource}.${name}`, method: route.split(' ')[0] ?? '', operation };
  }),
);

/**
 * A request for each operation after `seed`, with `ada` as the participant who asks: a participant token acts for its own
 * participant only. `referralCode` is of somebody else, `conversion` the id of one that exists.
 */
export const samplesOf = (referralCode: string, conversion: string, importId = 'none'): Record<string, Sample> => ({
  'participants.upsert': { path: '/participants', body: { externalId: 'ada' } },
  'participants.get': { path: '/participants/ada' },
  'participants.createToken': { path: '/participants/ada/token', body: {} },
  'programs.create': { path: '/programs', body: { slug: 'new', name: 'New', landingUrl } },
  'programs.list': { path: '/programs' },
  'programs.get': { path: '/programs/friends' },
  'programs.update': { path: '/programs/friends', body: { name: 'Friends again' } },
  'programs.me': { path: '/programs/friends/me?participant=ada' },
  'clicks.follow': { path: `/r/${referralCode}` },
  'clicks.record': { path: '/clicks', body: { referralCode } },
  'referrals.create': { path: '/referrals', body: { program: 'friends', participant: 'ada', referralCode } },
  'conversions.create': { path: '/conversions', body: { ...purchase, idempotencyKey: 'second' } },
  'conversions.reverse': { path: `/conversions/${conversion}/reverse`, body: {} },
  'points.award': {
    path: '/points',
    body: { contest: 'spring', participant: 'ada', points: 5, idempotencyKey: 'award' },
  },
  'contests.create': { path: '/contests', body: { program: 'friends', slug: 'new', name: 'New', ...when } },
  'contests.list': { path: '/contests' },
  'contests.get': { path: '/contests/spring' },
  'contests.update': { path: '/contests/spring', body: { name: 'Spring again' } },
  'leaderboards.list': { path: '/contests/spring/leaderboard' },
  'leaderboards.standing': { path: '/contests/spring/standing?participant=ada' },
  'live.stream': { path: '/live?topics=contest:spring' },
  'stripe.webhook': { path: '/programs/friends/stripe/webhook', raw: signed('customer.created') },
  'transfers.createImport': {
    path: '/programs/friends/imports',
    body: { source: 'csv', columns: ['externalId'], fingerprint: 'new' },
  },
  'transfers.addRows': {
    path: `/imports/${importId}/rows`,
    body: { rows: [{ line: 2, values: { externalId: 'ada' } }] },
  },
  'transfers.getImport': { path: `/imports/${importId}` },
  'transfers.checkImport': { path: `/imports/${importId}/check` },
  'transfers.applyImport': { path: `/imports/${importId}/apply` },
  'transfers.importProblems': { path: `/imports/${importId}/problems` },
  'transfers.export': { path: '/programs/friends/export/participants' },
  'operations.livez': { path: '/livez' },
  'operations.readyz': { path: '/readyz' },
  'operations.metrics': { path: '/metrics' },
  'operations.openapi': { path: '/openapi.json' },
});
