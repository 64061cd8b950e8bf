import { contract, type Operation, routes } from '@laurelkit/sdk/contract';
import { consentText } from './mailbox.ts';
import { signatureOf, stripeEvent } from './stripe-events.ts';

/** A request that succeeds for whoever may make it. */
export interface Sample {
  path: string;
  /** A value `new` stands for one that must be new each time. */
  body?: Record<string, unknown>;
  /** A body that is signed, and the headers with it: signed as it is sent, since a signature is good for five minutes. */
  raw?: { text: string; headers(): Record<string, string> };
}

/** An event of Stripe's of which nothing follows, signed. */
function signed(type: string) {
  const text = JSON.stringify(stripeEvent(type, { id: 'cus_1' }));
  return { text, headers: () => ({ 'stripe-signature': signatureOf(text) }) };
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

/** An origin on which nobody listens, for `webhooks.allow`: port 9 is for discarding. */
export const nowhere = 'http://127.0.0.1:9';

/** What `seedWebhooks` makes. */
export const webhook = {
  endpoint: '01890000-0000-7000-8000-00000000000a',
  removable: '01890000-0000-7000-8000-00000000000b',
  delivery: '01890000-0000-7000-8000-00000000000c',
};
/** Ids and the like that samples need, of what exists; what is left out leads to nothing. */
export interface SampleWorld {
  /** A review that was rejected, of a referral of the participant who asks. */
  review?: string;
  listing?: string;
  referral?: string;
  /** A confirmation token that was not used yet: it is good for one request. */
  confirmation?: string;
  importId?: string;
}

const nothing = '01890000-0000-7000-8000-000000000000';

/**
 * A request for each operation after `seed` and `seedWebhooks`, with `ada` as the participant who asks: a participant token
 * acts for its own participant only. `referralCode` is of somebody else, `conversion` the id of one that exists. `friends` is
 * open for joining.
 */
export const samplesOf = (
  referralCode: string,
  conversion: string,
  {
    review = nothing,
    listing = nothing,
    referral = nothing,
    confirmation = 'none',
    importId = 'none',
  }: SampleWorld = {},
): Record<string, Sample> => ({
  'webhooks.create': { path: '/webhooks/endpoints', body: { url: `${nowhere}/another` } },
  'webhooks.list': { path: '/webhooks/endpoints' },
  'webhooks.get': { path: `/webhooks/endpoints/${webhook.endpoint}` },
  'webhooks.update': { path: `/webhooks/endpoints/${webhook.endpoint}`, body: { description: 'The shop' } },
  'webhooks.delete': { path: `/webhooks/endpoints/${webhook.removable}` },
  'webhooks.rotateSecret': { path: `/webhooks/endpoints/${webhook.endpoint}/rotate-secret`, body: {} },
  'webhooks.test': { path: `/webhooks/endpoints/${webhook.endpoint}/test` },
  'webhooks.replayAll': { path: `/webhooks/endpoints/${webhook.endpoint}/replay`, body: {} },
  'webhooks.deliveries': { path: '/webhooks/deliveries' },
  'webhooks.delivery': { path: `/webhooks/deliveries/${webhook.delivery}` },
  'webhooks.replay': { path: `/webhooks/deliveries/${webhook.delivery}/replay` },
  'participants.upsert': { path: '/participants', body: { externalId: 'ada' } },
  'participants.get': { path: '/participants/ada' },
  'participants.createToken': { path: '/participants/ada/token', body: {} },
  'programs.create': { path: '/programs', body: { slug: 'new', name: 'New', landingUrl } },
  'programs.list': { path: '/programs' },
  'programs.get': { path: '/programs/friends' },
  'programs.update': { path: '/programs/friends', body: { name: 'Friends again' } },
  'programs.me': { path: '/programs/friends/me?participant=ada' },
  'programs.numbers': { path: '/programs/friends/numbers' },
  'programs.series': { path: '/programs/friends/numbers/days' },
  'joining.invitation': { path: `/programs/friends/invitation?referralCode=${referralCode}` },
  'joining.join': {
    path: '/programs/friends/join',
    body: { email: 'visitor@own.example', consent: true, consentText },
  },
  'joining.confirm': { path: '/programs/friends/confirm', body: { token: confirmation } },
  'joining.leave': { path: '/programs/friends/leave', body: { participant: 'ada' } },
  'joining.rejoin': { path: '/programs/friends/rejoin', body: { participant: 'ada', consentText } },
  'joining.settings': { path: '/programs/friends/me', body: { participant: 'ada', introducedAs: 'Ada' } },
  'joining.codes': { path: '/programs/friends/codes?participant=ada' },
  'joining.chooseCode': { path: '/programs/friends/codes', body: { participant: 'ada', code: 'new' } },
  'joining.channels': { path: '/programs/friends/channels?participant=ada' },
  'clicks.follow': { path: `/r/${referralCode}` },
  'clicks.record': { path: '/clicks', body: { referralCode } },
  'referrals.create': { path: '/referrals', body: { program: 'friends', participant: 'ada', referralCode } },
  'reviews.list': { path: '/reviews?program=friends' },
  'reviews.get': { path: `/reviews/${review}` },
  'reviews.decide': {
    path: '/reviews/decide',
    body: { reviews: [review], decision: 'rejected', reason: 'Not two people.' },
  },
  'reviews.mine': { path: '/programs/friends/reviews?participant=ada' },
  'reviews.appeal': { path: `/reviews/${review}/appeal`, body: { message: 'We are two people.' } },
  'risk.listings': { path: '/risk/listings' },
  'risk.addListing': { path: '/risk/listings', body: { kind: 'participant', value: 'cleo', reason: 'Chargebacks' } },
  'risk.removeListing': { path: `/risk/listings/${listing}/remove`, body: {} },
  'risk.dryRun': { path: '/programs/friends/risk/dry-run', body: {} },
  'referrals.list': { path: '/referrals?program=friends' },
  'referrals.get': { path: `/referrals/${referral}` },
  'staff.createToken': { path: '/staff/tokens', body: { name: 'Sam' } },
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
  'contests.pause': { path: '/contests/spring/pause', body: { note: 'A pause.' } },
  'contests.resume': { path: '/contests/spring/resume', body: { note: 'On again.' } },
  'contests.extend': { path: '/contests/spring/extend', body: { endsAt: '2031-01-01T00:00:00Z', note: 'Longer.' } },
  'contests.history': { path: '/contests/spring/history' },
  'contests.rules': { path: '/contests/spring/rules' },
  'contests.rulesPage': { path: '/contests/spring/rules.html' },
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
