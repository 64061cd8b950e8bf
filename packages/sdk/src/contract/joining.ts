import * as z from 'zod/mini';
import { channel, referralCode } from './clicks.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, reference, text } from './shapes.ts';

/** An address as people type it; whether it exists, the confirmation shows. */
export const email = text(254).check(
  z.regex(
    /^[^\s\p{Cc}@"<>(),;:\\]+@[^\s\p{Cc}@"<>(),;:\\]+\.[^\s\p{Cc}@"<>(),;:\\.]{2,}$/u,
    'must be an e-mail address',
  ),
);

/** Who invited a visitor, as far as they let themselves be known, and what the visitor gets. */
export const Invitation = z.object({
  program: z.string(),
  programName: z.string(),
  /** `null`: the referrer does not show it, or nobody is known by the code. */
  invitedBy: z.nullable(z.string()),
  /** What the visitor gets, in the host's words. */
  offer: z.nullable(z.string()),
});

export const codeKinds = ['generated', 'vanity', 'coupon', 'imported'] as const;

/** A code that leads to a participant. */
export const ParticipantCode = z.object({
  code: z.string(),
  kind: z.enum(codeKinds),
  /** The one that links show. */
  primary: z.boolean(),
  createdAt: instant,
});

const program = z.strictObject({ program: reference });

export const joining = {
  invitation: {
    summary: 'Who invited this visitor, by their code. A code nobody has is answered alike.',
    access: ['publishable', 'participant', 'secret'],
    limit: 'track',
    params: program,
    query: z.strictObject({ referralCode }),
    response: Invitation,
    problems: ['program_not_found'],
  },
  join: {
    summary: 'Ask to join an open programme: sends a confirmation to the address, whoever has it.',
    access: ['publishable'],
    limit: 'token',
    params: program,
    body: z.strictObject({
      email,
      displayName: z.optional(text(80)),
      /** The visitor agreed to this text of the programme’s. */
      consent: z.literal(true),
      consentText: text(2000),
      locale: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag'))),
      /** How the visitor came, if anybody invited them. */
      clickId: z.optional(id),
      referralCode: z.optional(referralCode),
      /** The page to come back to after confirming; must be on an origin of the programme’s. */
      returnTo: z.optional(text(2000)),
      /** What the page’s check of the visitor gave, such as the token of a captcha, for the host’s `joining.verify`. */
      proof: z.optional(text(4096)),
    }),
    response: z.object({ sent: z.literal(true) }),
    problems: [
      'program_not_found',
      'program_archived',
      'joining_closed',
      'consent_outdated',
      'landing_not_allowed',
      'verification_failed',
      'verification_unavailable',
      'email_unavailable',
    ],
  },
  confirm: {
    summary: 'Confirm an address by the token of the message: makes the participant and their link, once.',
    access: ['publishable'],
    limit: 'token',
    params: program,
    body: z.strictObject({ token: text(200) }),
    response: z.object({ participant: id, token: z.string(), expiresAt: instant, referralCode: z.string() }),
    problems: ['program_not_found', 'confirmation_invalid'],
  },
  leave: {
    summary:
      'Leave a programme: the caller’s links lead nowhere from now on; what was earned stays. Repeating changes nothing.',
    access: ['participant', 'secret'],
    limit: 'write',
    params: program,
    body: z.strictObject({ participant: z.optional(reference) }),
    response: z.object({ program: z.string(), leftAt: instant }),
    problems: ['program_not_found', 'participant_not_found'],
  },
  rejoin: {
    summary: 'Take part again after leaving, with the codes there were. Repeating changes nothing.',
    access: ['participant', 'secret'],
    limit: 'write',
    params: program,
    body: z.strictObject({
      participant: z.optional(reference),
      /** The programme’s text, where it has one, as it was agreed to just now. */
      consentText: z.optional(text(2000)),
    }),
    response: z.object({ program: z.string(), referralCode: z.string() }),
    problems: ['program_not_found', 'participant_not_found', 'program_archived', 'consent_outdated'],
  },
  settings: {
    summary: 'Change what the caller shows to the people they invite. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'write',
    params: program,
    body: z.strictObject({
      participant: z.optional(reference),
      /** The name invited people see; `null` shows none. */
      introducedAs: z.nullable(text(80)),
    }),
    response: z.object({ introducedAs: z.nullable(z.string()) }),
    problems: ['program_not_found', 'participant_not_found'],
  },
  codes: {
    summary: 'All codes of the caller. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params: program,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: list(ParticipantCode),
    problems: ['program_not_found', 'participant_not_found'],
  },
  chooseCode: {
    summary: 'Choose the code that links show. Older codes keep working. Only a secret key makes coupons.',
    access: ['participant', 'secret'],
    limit: 'token',
    params: program,
    body: z.strictObject({
      participant: z.optional(reference),
      code: referralCode,
      kind: z._default(z.enum(['vanity', 'coupon', 'imported']), 'vanity'),
    }),
    status: 201,
    response: ParticipantCode,
    problems: [
      'program_not_found',
      'participant_not_found',
      'participation_left',
      'code_taken',
      'code_reserved',
      'too_many_codes',
    ],
  },
  channels: {
    summary: 'Clicks, sign-ups and conversions of the caller by channel. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params: program,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: z.object({
      channels: z.array(
        z.object({ channel: z.nullable(channel), clicks: z.int(), referrals: z.int(), conversions: z.int() }),
      ),
    }),
    problems: ['program_not_found', 'participant_not_found'],
  },
} as const satisfies Operations<Routes['joining']>;
