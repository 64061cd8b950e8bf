import * as z from 'zod/mini';
import { email } from './joining.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { httpUrl, id, instant, metadata, reference, text } from './shapes.ts';

/** A person in the host's system, known by the host's own `externalId`. */
export const Participant = z.object({
  id,
  externalId: z.string(),
  displayName: z.nullable(z.string()),
  avatarUrl: z.nullable(z.string()),
  metadata,
  createdAt: instant,
  updatedAt: instant,
});

export const ParticipantInput = z.strictObject({
  /** The host's own id of this person. Never shown in public. */
  externalId: reference,
  /** The name everyone may see. Left out or `null`: a pseudonym is shown. */
  displayName: z.optional(z.nullable(text(80))),
  avatarUrl: z.optional(z.nullable(httpUrl)),
  /** Never shown. Used to tell people apart and to write to them; `null` removes it. */
  email: z.optional(z.nullable(email)),
  /** A name for the host’s staff alone, as in the review queue. Never public; `null` removes it. */
  name: z.optional(z.nullable(text(120))),
  metadata: z.optional(metadata),
});

export const ParticipantToken = z.object({ token: z.string(), expiresAt: instant });

const params = z.strictObject({ participant: reference });

export const participants = {
  upsert: {
    summary: 'Create a participant, or change the fields given of the one with this `externalId`.',
    access: ['secret'],
    limit: 'write',
    body: ParticipantInput,
    response: Participant,
    problems: [],
  },
  get: {
    summary: 'Read a participant. A participant may read themself.',
    access: ['secret', 'participant'],
    limit: 'read',
    params,
    response: Participant,
    problems: ['participant_not_found'],
  },
  createToken: {
    summary: 'Mint a short-lived token with which this participant’s browser may act for them.',
    access: ['secret'],
    limit: 'token',
    params,
    body: z.strictObject({
      /** Seconds until the token expires. */
      expiresIn: z._default(z.int().check(z.minimum(30), z.maximum(3600)), 600),
    }),
    status: 201,
    response: ParticipantToken,
    problems: ['participant_not_found'],
  },
} as const satisfies Operations<Routes['participants']>;
