import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { httpUrl, id, instant, list, origin, page, reference, slug, text } from './shapes.ts';

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
      urlParameters: z._default(fields.urlParameters, ['ref']),
    }),
    status: 201,
    response: Program,
    problems: ['slug_taken'],
  },
  list: {
    summary: 'List programmes, newest first.',
    access: ['secret'],
    limit: 'read',
    query: z.strictObject(page),
    response: list(Program),
    problems: ['invalid_cursor'],
  },
  get: {
    summary: 'Read a programme.',
    access: ['publishable', 'participant', 'secret'],
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
    problems: ['program_not_found', 'participant_not_found'],
  },
} as const satisfies Operations<Routes['programs']>;
