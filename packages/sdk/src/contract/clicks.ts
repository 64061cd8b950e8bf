import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { httpUrl, id, instant, reference, text } from './shapes.ts';

/** A referral code as people type it: case does not matter. */
export const referralCode = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{3,40}$/, 'must be 3 to 40 letters, digits, _ or -'));

/** Which share target or place the link stood in. */
export const channel = z
  .string()
  .check(z.regex(/^[a-z0-9_-]{1,40}$/, 'must be 1 to 40 lower-case letters, digits, _ or -'));

export const Click = z.object({
  clickId: id,
  program: z.string(),
  referralCode: z.string(),
  /** Until when a sign-up is credited to this click. */
  expiresAt: instant,
});

export const clicks = {
  follow: {
    summary:
      'Follow a referral link: records the click, sets a first-party cookie and redirects to the landing page. A code nobody has is answered alike.',
    access: ['public'],
    limit: 'track',
    params: z.strictObject({ code: text(100) }),
    /** Whatever else the address carries (`utm_source`, `fbclid`…) travels on to the landing page. */
    furtherQuery: true,
    query: z.object({
      /** The programme the link is of; unless told that of the code, and for a code nobody has the oldest one. */
      program: z.optional(reference),
      /** A path on the landing page's origin, or an address on one of the programme's landing origins. */
      to: z.optional(text(2000)),
      channel: z.optional(channel),
      /**
       * Whether the visitor agreed to cookies; without it the click travels in the address only. Unless told it is `1` in a
       * programme of the class `reward` and `0` in one of the class `affiliate`.
       */
      consent: z.optional(z.enum(['0', '1'])),
    }),
    status: 302,
    contentType: 'text/plain',
    problems: ['program_not_found', 'landing_not_allowed'],
  },
  record: {
    summary: 'Record a click seen by the page itself (a `?ref=` parameter). A code nobody has is answered alike.',
    access: ['publishable', 'participant', 'secret'],
    limit: 'track',
    body: z.strictObject({
      referralCode,
      /** The programme the page is of; as in `follow` unless told. */
      program: z.optional(reference),
      landingUrl: z.optional(httpUrl),
      channel: z.optional(channel),
      /** `true` when the visitor agreed to cookies: the answer then sets the first-party cookie too. */
      consent: z._default(z.boolean(), false),
    }),
    status: 201,
    response: Click,
    problems: ['program_not_found'],
  },
} as const satisfies Operations<Routes['clicks']>;
