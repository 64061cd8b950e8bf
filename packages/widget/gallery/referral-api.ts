import { ownOf } from './rewards.ts';
import { newConsentText, programOf, type Scenario } from './scenario.ts';
import { at, uuid } from './time.ts';

/** What a scripted API answers to a call: a body, or the code of a problem. */
export interface Reply {
  status: number;
  body?: unknown;
  code?: string;
}

const hours = 3_600_000;

/** Who is known by a code. */
const inviters: Record<string, string> = {
  ADA: 'Ada',
  LONG: 'Maximiliana Aurelia von und zu Hohenstein-Breitenbach',
  ARAB: 'ليلى',
};

/** What the scripted API answers about invitations, and about what is a participant's own. */
export function answerOwn(scenario: Scenario, path: string, query: URLSearchParams, signedIn: boolean): unknown {
  const program = programOf(scenario.program);
  const own = scenario.own ?? ownOf();
  if (/\/invitation$/.test(path)) {
    const code = (query.get('referralCode') ?? '').toUpperCase();
    const invitedBy = code === own.referralCode ? own.introducedAs : (inviters[code] ?? null);
    return { program: program.slug, programName: program.name, invitedBy, offer: program.refereeOffer };
  }
  if (!signedIn) return undefined;
  if (/\/wallet$/.test(path)) {
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit') ?? 20);
    const { rewards } = own.wallet;
    const nextCursor = to < rewards.length ? String(to) : null;
    return { program: program.slug, ...own.wallet, rewards: rewards.slice(from, to), nextCursor };
  }
  if (/^\/programs\/[^/]+\/reviews$/.test(path)) return { items: own.reviews, nextCursor: null };
  if (/\/channels$/.test(path)) return { channels: own.channels };
  return undefined;
}

const fail = (status: number, code: string): Reply => ({ status, code });

function join(scenario: Scenario, body: Record<string, unknown>): Reply {
  const program = programOf(scenario.program);
  const [name] = String(body.email).split('@');
  if (name === 'busy') return fail(429, 'too_many_requests');
  if (name === 'down') return fail(503, 'email_unavailable');
  if (name === 'outdated' && program.consentText !== newConsentText) {
    scenario.program = { ...scenario.program, consentText: newConsentText };
    return fail(422, 'consent_outdated');
  }
  if (name === 'odd') return fail(422, 'validation_failed');
  return { status: 200, body: { sent: true } };
}

/** What the scripted API answers to what changes something. */
export function write(scenario: Scenario, path: string, body: Record<string, unknown>, signedIn: boolean): Reply {
  if (/\/join$/.test(path)) return join(scenario, body);
  if (/\/confirm$/.test(path)) {
    if (!/^good/.test(String(body.token))) return fail(422, 'confirmation_invalid');
    const made = {
      participant: uuid(9),
      token: 'token-of-the-reader',
      expiresAt: at(hours),
      referralCode: 'MIRA-7K2F',
    };
    return { status: 200, body: made };
  }
  if (!signedIn) return fail(401, 'unauthenticated');
  scenario.own ??= ownOf();
  const { own } = scenario;
  if (/\/leave$/.test(path)) {
    own.left = true;
    return { status: 200, body: { program: 'friends', leftAt: at(0) } };
  }
  if (/\/rejoin$/.test(path)) {
    const { consentText } = programOf(scenario.program);
    if ((body.consentText ?? null) !== consentText) return fail(422, 'consent_outdated');
    own.left = false;
    return { status: 200, body: { program: 'friends', referralCode: own.referralCode } };
  }
  if (/\/codes$/.test(path)) {
    const code = String(body.code);
    if (/^taken$/i.test(code)) return fail(409, 'code_taken');
    if (/^admin$/i.test(code)) return fail(422, 'code_reserved');
    if (/^many$/i.test(code)) return fail(422, 'too_many_codes');
    own.referralCode = code;
    return { status: 201, body: { code, kind: 'vanity', primary: true, createdAt: at(0) } };
  }
  if (/\/me$/.test(path)) {
    own.introducedAs = body.introducedAs as string | null;
    return { status: 200, body: { introducedAs: own.introducedAs } };
  }
  const [, id] = /^\/reviews\/([^/]+)\/appeal$/.exec(path) ?? [];
  const review = own.reviews.find((each) => each.id === id);
  if (!review?.mayAppeal) return fail(id && review ? 409 : 404, review ? 'review_state_conflict' : 'review_not_found');
  if (body.message === 'fail') return fail(503, 'unavailable');
  Object.assign(review, { state: 'appealed', mayAppeal: false });
  return { status: 200, body: review };
}
