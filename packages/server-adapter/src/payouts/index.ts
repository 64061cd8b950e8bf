import { hint } from '../bus.ts';
import type { Context, TransactionContext } from '../context.ts';
import { findProgram } from '../db/references.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import {
  type BatchRead,
  batchAnswer,
  findBatch,
  findPayout,
  type PayoutRead,
  payoutAnswer,
  selectBatches,
  selectPayouts,
} from './answer.ts';
import { csv, decimalAmount } from './csv.ts';
import { gatherBatch } from './gather.ts';
import { type Move, movePayouts, unpaidStates } from './move.ts';

/** Payouts: approved money is gathered into drafts, approved, and paid by the host's own means. */
export function payouts(channel: string): Handlers<'payouts'> {
  const tell = async ({ database }: TransactionContext, events: readonly WrittenEvent[]) => {
    await emitAll(database, events);
    await hint(database, channel, { outbox: true, payouts: true });
  };

  /** Moves one payout; one that is there already stays as it is. */
  const move = (id: string, context: Context, change: Omit<Move, 'payout' | 'actor' | 'now'>) =>
    context.transaction(async (transaction) => {
      const { database } = transaction;
      const events = await movePayouts(database, { ...change, payout: id, actor: actorOf(context), now: context.now });
      const payout = await findPayout(database, id);
      if (payout.state !== change.to) {
        const { state } = await findBatch(database, payout.batch_id);
        throw new LaurelProblem('payout_state_conflict', `The payout is ${payout.state}, in a batch that is ${state}.`);
      }
      await tell(transaction, events);
      return payoutAnswer(payout);
    });

  return {
    createBatch: async ({ program: reference, currency, minimumMinor }, context) => {
      const program = await findProgram(context.database, reference);
      return context.transaction(async ({ database }) => {
        const id = await gatherBatch(database, { programId: program.id, currency, minimumMinor, now: context.now });
        return batchAnswer(await findBatch(database, id));
      });
    },

    listBatches: async ({ program: reference, limit, cursor }, { database }) => {
      const program = await findProgram(database, reference);
      const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
      const rows = await database.query<BatchRead>(
        `${selectBatches(database.schema)}
         where batch.program_id = $1 and ($2::uuid is null or batch.id < $2) order by batch.id desc limit $3`,
        [program.id, before, limit + 1],
      );
      const items = rows.slice(0, limit).map(batchAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    getBatch: async ({ batch }, { database }) => batchAnswer(await findBatch(database, batch)),

    approveBatch: async ({ batch: id }, context) =>
      context.transaction(async (transaction) => {
        const { query, schema } = transaction.database;
        const payouts = await query<Record<'payout' | 'batch' | 'program' | 'participant', string>>(
          `with approved as (
             update ${schema}.payout_batch set state = 'approved', approved_at = coalesce($2::timestamptz, now())
             where id = $1 and state = 'draft' returning id
           )
           select payout.id as payout, batch_id as batch, program_id as program, participant_id as participant
           from ${schema}.payout join approved on approved.id = payout.batch_id`,
          [id, context.now],
        );
        const batch = await findBatch(transaction.database, id);
        if (batch.state !== 'approved' && batch.state !== 'completed') throw refused(batch, 'approved');
        await tell(
          transaction,
          payouts.map((each): WrittenEvent => ['payout.approved', each]),
        );
        return batchAnswer(batch);
      }),

    cancelBatch: async ({ batch: id }, context) =>
      context.transaction(async ({ database }) => {
        const { query, schema } = database;
        const cancelled = await query(
          `update ${schema}.payout_batch set state = 'cancelled' where id = $1 and state = 'draft' returning id`,
          [id],
        );
        if (cancelled.length > 0) {
          const reason = 'draft given up';
          await movePayouts(database, {
            batch: id,
            from: ['pending'],
            to: 'cancelled',
            actor: actorOf(context),
            reason,
            now: context.now,
          });
          await query(
            `delete from ${schema}.payout_entry where payout_id in (select id from ${schema}.payout where batch_id = $1)`,
            [id],
          );
        }
        const batch = await findBatch(database, id);
        if (batch.state !== 'cancelled') throw refused(batch, 'cancelled');
        return batchAnswer(batch);
      }),

    list: async ({ batch, state, limit, cursor }, { database }) => {
      await findBatch(database, batch);
      const after = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
      const rows = await database.query<PayoutRead>(
        `${selectPayouts(database.schema)}
         where payout.batch_id = $1 and ($2::text is null or payout.state = $2) and ($3::uuid is null or payout.id > $3)
         order by payout.id limit $4`,
        [batch, state ?? null, after, limit + 1],
      );
      const items = rows.slice(0, limit).map(payoutAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    csv: async ({ batch: id, state }, { database }) => {
      const batch = await findBatch(database, id);
      if (batch.state !== 'approved' && batch.state !== 'completed') throw refused(batch, 'written out');
      const rows = await database.query<PayoutRead>(
        `${selectPayouts(database.schema)} where payout.batch_id = $1 and ($2 = 'all' or payout.state = $2) order by payout.id`,
        [id, state],
      );
      const head = ['payout', 'participant', 'external_id', 'amount', 'currency', 'minor', 'state', 'reference'];
      const lines = rows.map((row) => [
        row.id,
        row.participant_id,
        row.external_id,
        decimalAmount(Number(row.minor), row.currency),
        row.currency,
        Number(row.minor),
        row.state,
        row.reference ?? '',
      ]);
      return new Response(csv([head, ...lines]), {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="payouts-${id}.csv"`,
        },
      });
    },

    markPaid: async ({ payout, reference }, context) =>
      move(payout, context, {
        from: unpaidStates,
        to: 'paid',
        reason: 'marked as paid',
        reference,
      }),

    markFailed: async ({ payout, error }, context) =>
      move(payout, context, { from: ['pending', 'sending'], to: 'failed', reason: error, error }),

    retry: async ({ payout }, context) =>
      move(payout, context, { from: ['failed'], to: 'pending', reason: 'tried again' }),
  };
}

const refused = (batch: BatchRead, wanted: string) =>
  new LaurelProblem('payout_state_conflict', `The batch is ${batch.state}: it cannot be ${wanted}.`);

const actorOf = ({ caller }: Context) => (caller.kind === 'secret' ? `secret:${caller.key}` : caller.kind);
