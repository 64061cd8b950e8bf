import { createLaurel, type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import type { Database } from './database.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './session.ts';
import { makeCoupon } from './shop/coupons.ts';
import { keepMessage } from './shop/mailbox.ts';
import { sendMoney } from './shop/payments.ts';
import { currency } from './shop/products.ts';

/** The shop's referral programme and the contest in it. */
export const program = 'friends';
export const contest = 'spring';

/** The programme of the shop’s letter, which anybody may join. */
export const letterProgram = 'letter';

const contestDays = 30;

/** Where visitors find the shop, and where it is on this machine. */
interface Where {
  publicUrl: string;
  origin: string;
}

/** Laurel in the shop's own process and database. The shop's session says who is asking. */
export function openLaurel(
  database: Database,
  secrets: Secrets,
  sessions: Sessions,
  { publicUrl, origin }: Where,
): Laurel {
  return createLaurel({
    database: database.driver,
    secret: secrets.secret,
    keys: [{ key: secrets.publishableKey }, { key: secrets.secretKey }],
    publicUrl: `${publicUrl}/api`,
    identify: (request) => sessions.read(request.headers.get('cookie')),
    stripe: { webhookSecret: secrets.stripeWebhookSecret },
    rewards: { fulfil: (reward) => makeCoupon(database, reward) },
    mail: {
      from: 'Lark & Line <letters@lark-and-line.example>',
      transport: (message) => keepMessage(database, message),
    },
    payouts: { pay: (payout) => sendMoney(database, payout) },
    // Other systems are on the open network; this one is on the machine itself.
    webhooks: { allow: [origin] },
  });
}

/** Creates the programme with its rewards, unless they are there. Links land where the shop is now. */
export async function setUpProgram({ api }: Laurel, publicUrl: string): Promise<void> {
  const landingUrl = `${publicUrl}/`;
  await api.programs
    .create({
      slug: program,
      name: 'Fly with friends',
      headline: 'Kites fly better in company',
      landingUrl,
      refereeOffer: '10 % off your first kite',
      qualifyingEvents: ['purchase'],
    })
    .catch(unlessTaken);
  await api.programs.update({ program, landingUrl });
  for (const rule of rules) await api.rewardRules.create({ program, ...rule }).catch(unlessTaken);
}

/**
 * Both sides get something: the friend a coupon at once, the referrer a share of each purchase at once, and more for a friend's
 * first kite once the time to return it is over.
 */
const rules = [
  {
    slug: 'welcome',
    name: '10 % off your first kite',
    definition: { to: 'referee', on: 'referral', value: { kind: 'coupon', coupon: 'FIRST' } },
  },
  {
    slug: 'thank-you',
    name: 'For a friend’s first kite',
    definition: {
      to: 'referrer',
      on: 'qualified',
      value: { kind: 'money', minor: 1_000, currency },
      holdDays: 14,
      caps: { perMonth: 20 },
    },
  },
  {
    slug: 'share',
    name: '2 % of what friends buy',
    definition: {
      to: 'referrer',
      on: 'conversion',
      value: { kind: 'percent', basisPoints: 200 },
    },
  },
  {
    slug: 'poster',
    name: 'The hill, as a poster',
    definition: {
      to: 'referrer',
      on: 'milestone',
      milestone: { referrals: 5 },
      value: { kind: 'item', item: 'Hill poster' },
    },
  },
] as const;

/** Creates the letter’s programme, unless it is there: visitors join by themselves, and confirm their address. */
export async function setUpLetter({ api }: Laurel, publicUrl: string): Promise<void> {
  const landingUrl = `${publicUrl}/letter`;
  await api.programs
    .create({
      slug: letterProgram,
      name: 'The wind letter',
      headline: 'Who else would like to know where it blows?',
      landingUrl,
      joining: 'open',
      consentText: 'Send me the wind letter on Fridays. I can leave at any time.',
    })
    .catch(unlessTaken);
  await api.programs.update({ program: letterProgram, landingUrl });
  await api.rewardRules
    .create({
      program: letterProgram,
      slug: 'reader',
      name: '5 % off for a new reader',
      definition: {
        to: 'referrer',
        on: 'referral',
        value: { kind: 'coupon', coupon: 'LETTER' },
        caps: { perMonth: 4 },
      },
    })
    .catch(unlessTaken);
}

/** Creates the contest, unless it is there. */
export async function setUpContest({ api }: Laurel): Promise<void> {
  const now = Date.now();
  await api.contests
    .create({
      program,
      slug: contest,
      name: 'Spring Rally',
      description: 'Who brings the most friends to the hill?',
      prizes: [{ name: 'The year’s first Kestrel' }, { name: 'A Lantern', winners: 2 }],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + contestDays * 86_400_000).toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      period: 'week',
      scoring: [
        { event: 'purchase', points: 5 },
        { event: 'referral', points: 1 },
      ],
    })
    .catch(unlessTaken);
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof LaurelProblem && error.code === 'slug_taken')) throw error;
}
