import * as z from 'zod/mini';
import { drawSources } from './contest-settings.ts';
import { contestStates } from './contests.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

const hex = z.string();

/** What is promised before the end: nobody can choose the outcome later. `docs/draws.md` describes every byte. */
export const Commitment = z.object({
  version: z.int(),
  /** The document in its canonical form (RFC 8785): hash these very bytes. */
  document: z.string(),
  /** SHA-256 of it: the salt of the draw. */
  hash: hex,
  committedAt: instant,
});

/** What is published at the freeze, before the randomness is there. */
export const Freeze = z.object({
  frozenAt: instant,
  /** Sequence number of the last ledger row that is counted. */
  seq: z.int(),
  /** The hash of the whole ledger up to there; left out where none was kept. */
  ledgerHash: z.optional(hex),
  /** Merkle-sum root over all entries. */
  root: z.object({ hash: hex, sum: z.int(), count: z.int() }),
  /** The beacon’s round that decides, and when it appears. */
  round: z.nullable(z.int()),
  roundAt: z.nullable(instant),
});

export const winnerStates = ['selected', 'claimed', 'lapsed', 'disqualified'] as const;

/** A place that was won, as everybody may see it. */
export const PublicWinner = z.object({
  place: z.int(),
  prize: z.string(),
  /** Of this contest’s boards alone. */
  entryId: z.string(),
  name: z.string(),
  state: z.enum(winnerStates),
});

export const Disqualification = z.object({
  number: z.int(),
  entryId: z.string(),
  reason: z.string(),
  at: instant,
  /** SHA-256 over the one before and this one: nothing can be taken out or changed later. */
  previousHash: hex,
  hash: hex,
});

export const Draw = z.object({
  contest: z.string(),
  state: z.enum(contestStates),
  source: z.enum(drawSources),
  /** The last one counts; each extension before the end makes another. */
  commitments: z.array(Commitment),
  /** What the ledger of points had come to when it was last sealed: no row up to `seq` can change any more. */
  seal: z.optional(z.object({ seq: z.int(), hash: hex, sealedAt: instant })),
  freeze: z.nullable(Freeze),
  /** The beacon’s signature, or the public numbers; `null` until they are there. */
  signature: z.nullable(hex),
  numbers: z.nullable(z.array(z.array(z.string()))),
  /** Bytes that decide, in hexadecimal digits. */
  randomness: z.nullable(hex),
  drawnAt: z.nullable(instant),
  /** Public key (ed25519, 64 hexadecimal digits) of the receipts’ signatures. */
  receiptKey: hex,
});

/** With it an entrant can prove that their entry is in the root, or was changed. */
export const SignedReceipt = z.object({
  contest: id,
  entryId: z.string(),
  weight: z.int(),
  root: z.object({ hash: hex, sum: z.int(), count: z.int() }),
  proof: z.array(z.object({ side: z.enum(['left', 'right']), hash: hex, sum: z.int() })),
  /** Ed25519 over the canonical form of all the above. */
  signature: hex,
});

/** A winner as the host sees them. */
export const Winner = z.object({
  id,
  ...PublicWinner.shape,
  participant: id,
  externalId: z.string(),
  displayName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  notifiedAt: z.nullable(instant),
  claimBy: z.nullable(instant),
  claimedAt: z.nullable(instant),
  /** What the winner wrote into the claim form. */
  claim: z.nullable(z.record(z.string(), z.string())),
  /** The winner whose place this one took. */
  replaces: z.nullable(id),
});

const params = z.strictObject({ contest: reference });

export const draws = {
  get: {
    summary: 'What was committed, frozen and drawn.',
    access: ['public'],
    limit: 'read',
    params,
    response: Draw,
    problems: ['contest_not_found'],
  },
  receipt: {
    summary: 'The caller’s signed receipt, from the freeze on. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: SignedReceipt,
    problems: ['contest_not_found', 'participant_not_found', 'not_frozen_yet', 'entry_not_found'],
  },
  evidence: {
    summary: 'Everything needed to check the draw, as one JSON document: `laurel verify evidence.json`.',
    access: ['public'],
    limit: 'read',
    params,
    contentType: 'application/json',
    streamed: true,
    problems: ['contest_not_found', 'not_drawn_yet'],
  },
  evidencePage: {
    summary: 'The evidence as a page to read and print.',
    access: ['public'],
    limit: 'read',
    params,
    contentType: 'text/html; charset=utf-8',
    problems: ['contest_not_found', 'not_drawn_yet'],
  },
  setNumbers: {
    summary: 'Give the public numbers that decide, one list for each source named in the commitment. Once.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    body: z.strictObject({
      numbers: z
        .array(
          z
            .array(z.string().check(z.regex(/^\d{1,100}$/, 'must be decimal digits')))
            .check(z.minLength(1), z.maxLength(100)),
        )
        .check(z.minLength(1), z.maxLength(10)),
    }),
    response: Draw,
    problems: ['contest_not_found', 'not_frozen_yet', 'draw_state_conflict'],
  },
  results: {
    summary: 'Who won, by place, and who lost a place: the latter under a pseudonym.',
    access: ['public'],
    limit: 'read',
    params,
    response: z.object({
      contest: z.string(),
      state: z.enum(contestStates),
      published: z.boolean(),
      items: z.array(PublicWinner),
    }),
    problems: ['contest_not_found'],
  },
  resultsPage: {
    summary: 'Who won, as a page to read and print.',
    access: ['public'],
    limit: 'read',
    params,
    contentType: 'text/html; charset=utf-8',
    problems: ['contest_not_found'],
  },
  publish: {
    summary: 'Make the results public, where the host does that by hand.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    response: Draw,
    problems: ['contest_not_found', 'not_drawn_yet'],
  },
  disqualify: {
    summary:
      'Take an entrant out, with a public reason. Nobody else moves; the next in order takes a place that was won.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    body: z
      .strictObject({
        /** The entry’s id as boards show it, or the participant. */
        entryId: z.optional(text(64)),
        participant: z.optional(reference),
        /** Everybody can read it: no names. */
        reason: text(300),
      })
      .check(
        z.refine((body) => (body.entryId === undefined) !== (body.participant === undefined), {
          path: ['entryId'],
          error: 'give either entryId or participant',
        }),
      ),
    status: 201,
    response: Disqualification,
    problems: [
      'contest_not_found',
      'entry_not_found',
      'participant_not_found',
      'already_disqualified',
      'contest_closed',
    ],
  },
  disqualifications: {
    summary: 'Who was taken out and why, by entry, in order.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: list(Disqualification),
    problems: ['contest_not_found', 'invalid_cursor'],
  },
  winners: {
    summary: 'Winners with what they claimed, by place.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: list(Winner),
    problems: ['contest_not_found', 'invalid_cursor'],
  },
  claim: {
    summary: 'Claim what the caller won.',
    access: ['participant'],
    limit: 'write',
    params: z.strictObject({ winner: id }),
    body: z.strictObject({ values: z._default(z.record(z.string(), z.string().check(z.maxLength(2000))), {}) }),
    response: z.object({
      prize: z.string(),
      place: z.int(),
      state: z.enum(winnerStates),
      claimedAt: z.nullable(instant),
    }),
    problems: ['winner_not_found', 'claim_state_conflict', 'claim_incomplete'],
  },
  lapse: {
    summary: 'Say that a winner does not want the prize or cannot be reached: the next in order takes the place.',
    access: ['secret', 'staff'],
    limit: 'write',
    params: z.strictObject({ winner: id }),
    body: z.strictObject({ reason: text(300) }),
    response: Winner,
    problems: ['winner_not_found', 'claim_state_conflict'],
  },
} as const satisfies Operations<Routes['draws']>;
