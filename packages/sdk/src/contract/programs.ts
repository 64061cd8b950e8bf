import * as z from 'zod/mini';
import { eventName } from './conversions.ts';
import type { Operations } from './operation.ts';
import { optional } from './optional.ts';
import { knownParameters } from './parameters.ts';
import { attributedBy, referralStates } from './referrals.ts';
import { riskModes } from './reviews.ts';
import type { Routes } from './routes.ts';
import {
  dayInput,
  httpUrl,
  id,
  instant,
  instantInput,
  list,
  money,
  origin,
  page,
  reference,
  slug,
  text,
  timeZone,
} from './shapes.ts';

const attribution = {
  /** `first` or `last` touch. */
  model: z.enum(['first', 'last']),
  /** Days from click to sign-up. */
  windowDays: z.int().check(z.minimum(1), z.maximum(400)),
  /** Days from sign-up to a conversion that still counts; `null`: for ever. */
  creditWindowDays: z.nullable(z.int().check(z.minimum(1), z.maximum(3650))),
};

/** Which click counts, and for how long. */
export const Attribution = z.strictObject({
  model: z._default(attribution.model, 'last'),
  windowDays: z._default(attribution.windowDays, 30),
  creditWindowDays: z._default(attribution.creditWindowDays, null),
});

/** Legal class of a programme's cookies: paying for sales asks for consent in places where cash-back does not. */
export const legalClasses = ['reward', 'affiliate'] as const;

const conduct = {
  legalClass: z.enum(legalClasses),
  /** Conversions that qualify a referral; `[]`: any. */
  qualifyingEvents: z.array(eventName).check(z.maxLength(20)),
  /** Days a qualified referral and its rewards are held before they are approved. */
  holdDays: z.int().check(z.minimum(0), z.maximum(90)),
  /** In which caps per day, month and year are counted. */
  timeZone,
  /** How strict the programme is about signs of fraud. */
  riskMode: z.enum(riskModes),
  /** Whether visitors from paid advertisements (`gclid`, `fbclid`…) may be referred. */
  paidAdsAllowed: z.boolean(),
  /** What somebody who was referred gets, in words for them. */
  refereeOffer: z.nullable(text(200)),
  /** `open`: visitors may join by the widget, confirming their address. `host`: the host signs people up. */
  joining: z.enum(['host', 'open']),
  /** What who joins agrees to. */
  consentText: z.nullable(text(2000)),
  termsUrl: z.nullable(httpUrl),
  /** The domain above all subdomains that share the click cookie, such as `shop.example`; `null`: the API's host alone. */
  cookieDomain: z.nullable(
    z.string().check(z.regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a domain such as shop.example'), z.maxLength(253)),
  ),
};

/** A long-lived referral set-up. */
export const Program = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  /** The headline of the referral card; `null`: the widget's own words. */
  headline: z.nullable(z.string()),
  landingUrl: z.string(),
  landingOrigins: z.array(z.string()),
  attribution: z.object(attribution),
  /** Names of the URL parameter that carries a referral code, the first being ours. */
  urlParameters: z.array(z.string()),
  ...conduct,
  /** What fraud would like to know: told to the host only. */
  riskMode: z.optional(conduct.riskMode),
  paidAdsAllowed: z.optional(conduct.paidAdsAllowed),
  archivedAt: z.nullable(instant),
  createdAt: instant,
  updatedAt: instant,
});

const urlParameter = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 letters, digits, _ or -'));

const fields = {
  name: text(120),
  headline: z.nullable(text(160)),
  /** Where a referral link lands. */
  landingUrl: httpUrl,
  /** Further origins a link may land on with `?to=`; that of `landingUrl` always may. */
  landingOrigins: z.array(origin).check(z.maxLength(20)),
  urlParameters: z.array(urlParameter).check(z.minLength(1), z.maxLength(12)),
};

/** The numbers and link of the participant who asks. */
export const ProgramMe = z.object({
  program: z.string(),
  referralCode: z.string(),
  referralLink: z.string(),
  counts: z.object({
    clicks: z.int(),
    /** People who joined through the link. */
    referrals: z.int(),
    /** Of those, the ones with a conversion that counts. */
    qualified: z.int(),
    /** Conversions that count (not reversed). */
    conversions: z.int(),
  }),
  /** Points earned so far in the programme's contests. */
  points: z.int(),
  /** Whether the participant was themself referred. */
  referred: z.boolean(),
});

/** What happened in a programme, and what could not be told because visitors did not agree to cookies. */
export const ProgramNumbers = z.object({
  program: z.string(),
  clicks: z.int(),
  /** Clicks without consent: they count only where the address carried them to the sign-up. */
  clicksWithoutConsent: z.int(),
  referrals: z.record(z.enum(referralStates), z.int()),
  /** Referrals by how the referrer was found. */
  attributedBy: z.record(z.enum(attributedBy), z.int()),
  /** Sign-ups a click without consent led to all the same. */
  referralsWithoutConsent: z.int(),
  /** How many more sign-ups there would be if clicks without consent led to as many as the others; `null`: too few to say. */
  referralsLostToConsent: z.nullable(z.int()),
  conversions: z.int(),
  conversionsReversed: z.int(),
  rewards: z.array(
    z.object({ currency: z.string(), held: z.int(), approved: z.int(), inPayout: z.int(), paid: z.int() }),
  ),
  reviewsWaiting: z.int(),
  channels: z.array(z.object({ channel: z.nullable(z.string()), clicks: z.int(), referrals: z.int() })),
});

/** What happened in a programme on one day of its zone. */
export const ProgramDay = z.object({
  /** ISO 8601 date. */
  date: z.string(),
  clicks: z.int(),
  referrals: z.int(),
  /** Referrals whose first conversion that counts was on that day. */
  qualified: z.int(),
  /** Conversions that were not reversed, and what they came to in each currency. */
  conversions: z.int(),
  amounts: z.array(money),
  /** Money earned on that day by rewards that were not taken back. */
  rewards: z.array(money),
});

const params = z.strictObject({ program: reference });

export const programs = {
  create: {
    summary: 'Create a referral programme.',
    access: ['secret'],
    limit: 'write',
    body: z.strictObject({
      slug,
      name: fields.name,
      headline: z._default(fields.headline, null),
      landingUrl: fields.landingUrl,
      landingOrigins: z._default(fields.landingOrigins, []),
      attribution: z.prefault(Attribution, {}),
      urlParameters: z._default(fields.urlParameters, [...knownParameters]),
      legalClass: z._default(conduct.legalClass, 'reward'),
      qualifyingEvents: z._default(conduct.qualifyingEvents, []),
      holdDays: z._default(conduct.holdDays, 0),
      timeZone: z._default(conduct.timeZone, 'UTC'),
      riskMode: z._default(conduct.riskMode, 'normal'),
      paidAdsAllowed: z._default(conduct.paidAdsAllowed, true),
      refereeOffer: z._default(conduct.refereeOffer, null),
      joining: z._default(conduct.joining, 'host'),
      consentText: z._default(conduct.consentText, null),
      termsUrl: z._default(conduct.termsUrl, null),
      cookieDomain: z._default(conduct.cookieDomain, null),
    }),
    status: 201,
    response: Program,
    problems: ['slug_taken'],
  },
  list: {
    summary: 'List programmes, newest first.',
    access: ['secret', 'staff'],
    limit: 'read',
    query: z.strictObject(page),
    response: list(Program),
    problems: ['invalid_cursor'],
  },
  get: {
    summary: 'Read a programme.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    response: Program,
    problems: ['program_not_found'],
  },
  update: {
    summary: 'Change the fields given.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      name: z.optional(fields.name),
      headline: z.optional(fields.headline),
      landingUrl: z.optional(fields.landingUrl),
      landingOrigins: z.optional(fields.landingOrigins),
      attribution: z.optional(
        z.strictObject({
          model: z.optional(attribution.model),
          windowDays: z.optional(attribution.windowDays),
          creditWindowDays: z.optional(attribution.creditWindowDays),
        }),
      ),
      urlParameters: z.optional(fields.urlParameters),
      ...optional(conduct),
      /** `true` ends the programme: its links still land, nothing new is credited. */
      archived: z.optional(z.boolean()),
    }),
    response: Program,
    problems: ['program_not_found'],
  },
  me: {
    summary: 'The caller’s own referral code, link and counts. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: ProgramMe,
    problems: ['program_not_found', 'participant_not_found', 'participation_left'],
  },
  numbers: {
    summary: 'What happened in a programme, since an instant or ever.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    query: z.strictObject({ since: z.optional(instantInput) }),
    response: ProgramNumbers,
    problems: ['program_not_found'],
  },
  series: {
    summary:
      'What happened in a programme day by day, in its own time zone: the days given and those between, at most 400.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    query: z
      .strictObject({
        /** First and last day, such as `2026-11-01`; left out: the last 30 days. */
        from: z.optional(dayInput),
        to: z.optional(dayInput),
      })
      .check(
        z.refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], error: 'must not be before from' }),
        z.refine(({ from, to }) => !from || !to || Date.parse(to) - Date.parse(from) < 400 * 86_400_000, {
          path: ['to'],
          error: 'must be within 400 days of from',
        }),
      ),
    response: z.object({ program: z.string(), timeZone: z.string(), days: z.array(ProgramDay) }),
    problems: ['program_not_found'],
  },
} as const satisfies Operations<Routes['programs']>;
