import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

/** A batch is put together, approved, paid, done; or cancelled before it is approved. */
export const payoutBatchStates = ['draft', 'approved', 'completed', 'cancelled'] as const;
/** A payout waits, is on its way (nobody else may send it), and is paid or failed; failed ones can be tried again. */
export const payoutStates = ['pending', 'sending', 'paid', 'failed', 'cancelled'] as const;

const currency = z.string().check(z.regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)'));

export const PayoutBatch = z.object({
  id,
  program: z.string(),
  currency: z.string(),
  state: z.enum(payoutBatchStates),
  payouts: z.int(),
  minor: z.int(),
  paid: z.int(),
  failed: z.int(),
  createdAt: instant,
  approvedAt: z.nullable(instant),
  completedAt: z.nullable(instant),
});

/** One participant's money in a batch. Its id is the key by which whoever pays can tell a repetition. */
export const Payout = z.object({
  id,
  batch: id,
  participant: id,
  externalId: z.string(),
  minor: z.int(),
  currency: z.string(),
  state: z.enum(payoutStates),
  attempts: z.int(),
  reference: z.nullable(z.string()),
  error: z.nullable(z.string()),
  updatedAt: instant,
});

const batch = z.strictObject({ batch: id });
const payout = z.strictObject({ payout: id });

export const payouts = {
  createBatch: {
    summary: 'Gather all approved money of one currency that is in no payout yet into a draft.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ program: reference }),
    body: z.strictObject({
      currency,
      /** Participants with less wait for the next batch. */
      minimumMinor: z._default(z.int().check(z.minimum(1), z.maximum(9_000_000_000_000)), 1),
    }),
    status: 201,
    response: PayoutBatch,
    problems: ['program_not_found', 'nothing_to_pay'],
  },
  listBatches: {
    summary: 'List payout batches of a programme, newest first.',
    access: ['secret'],
    limit: 'read',
    params: z.strictObject({ program: reference }),
    query: z.strictObject(page),
    response: list(PayoutBatch),
    problems: ['program_not_found', 'invalid_cursor'],
  },
  getBatch: {
    summary: 'Read a payout batch.',
    access: ['secret'],
    limit: 'read',
    params: batch,
    response: PayoutBatch,
    problems: ['batch_not_found'],
  },
  approveBatch: {
    summary: 'Approve a draft: from now on it can be paid.',
    access: ['secret'],
    limit: 'write',
    params: batch,
    response: PayoutBatch,
    problems: ['batch_not_found', 'payout_state_conflict'],
  },
  cancelBatch: {
    summary: 'Give up a draft; its money is free for another.',
    access: ['secret'],
    limit: 'write',
    params: batch,
    response: PayoutBatch,
    problems: ['batch_not_found', 'payout_state_conflict'],
  },
  list: {
    summary: 'List the payouts of a batch.',
    access: ['secret'],
    limit: 'read',
    params: batch,
    query: z.strictObject({ state: z.optional(z.enum(payoutStates)), ...page }),
    response: list(Payout),
    problems: ['batch_not_found', 'invalid_cursor'],
  },
  csv: {
    summary: 'What is still to be paid of an approved batch, or all of it, as CSV (RFC 4180) for the bank.',
    access: ['secret'],
    limit: 'read',
    params: batch,
    /** `pending` leaves out what is paid, on its way or failed, so that a second file pays nobody twice; `all` is for the books. */
    query: z.strictObject({ state: z._default(z.enum(['pending', 'all']), 'pending') }),
    contentType: 'text/csv',
    problems: ['batch_not_found', 'payout_state_conflict'],
  },
  markPaid: {
    summary: 'Say that a payout of an approved batch arrived.',
    access: ['secret'],
    limit: 'write',
    params: payout,
    body: z.strictObject({ reference: z.optional(text(200)) }),
    response: Payout,
    problems: ['payout_not_found', 'payout_state_conflict'],
  },
  markFailed: {
    summary: 'Say that a payout failed. Its money stays with it until it is tried again.',
    access: ['secret'],
    limit: 'write',
    params: payout,
    body: z.strictObject({ error: text(500) }),
    response: Payout,
    problems: ['payout_not_found', 'payout_state_conflict'],
  },
  retry: {
    summary: 'Try a failed payout again, under the same id.',
    access: ['secret'],
    limit: 'write',
    params: payout,
    response: Payout,
    problems: ['payout_not_found', 'payout_state_conflict'],
  },
} as const satisfies Operations<Routes['payouts']>;
