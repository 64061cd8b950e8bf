import { hint } from '../bus.ts';
import type { Clock } from '../clock.ts';
import { databaseOn, quoteSchema } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import { emitAll } from '../events.ts';
import type { PayoutToPay, PayPayout } from '../host-functions.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { untilNothingIsLeft } from '../until-nothing-is-left.ts';
import { within } from '../within.ts';
import { movePayouts, unpaidStates } from './move.ts';

const atOnce = 4;
const leaseSeconds = 300;
/** Shorter than the lease: nobody else sends while the host's function may still answer in time. */
const patienceMilliseconds = 240_000;

/** The payout to send next, nobody else's for a while; one whose sender died comes back. Parameter: instant or null. */
const takeStatement = (schema: string) => `with
due as (
  select payout.id, payout.state from ${schema}.payout
  join ${schema}.payout_batch batch on batch.id = payout.batch_id and batch.state = 'approved'
  where payout.state in ('pending', 'sending') and payout.leased_until <= now()
  order by payout.leased_until limit 1 for update of payout skip locked
),
taken as (
  update ${schema}.payout set state = 'sending', leased_until = now() + make_interval(secs => ${leaseSeconds}),
    attempts = attempts + 1, updated_at = coalesce($1::timestamptz, now())
  from due where payout.id = due.id
  returning payout.*, due.state as old_state
),
transitions as (
  insert into ${schema}.payout_transition (payout_id, from_state, to_state, actor, reason)
  select id, old_state, 'sending', 'system', 'taken' from taken where old_state <> 'sending'
)
select taken.id, taken.batch_id as batch, program.slug as program, taken.participant_id as participant,
  participant.external_id as "externalId", taken.minor, taken.currency
from taken
join ${schema}.program on program.id = taken.program_id
join ${schema}.participant on participant.id = taken.participant_id`;

/** What the payer needs of the house. */
export interface PayerServices {
  storage: Storage;
  schema: string;
  channel: string;
  clock: Clock;
  pay: PayPayout;
  /** Milliseconds that one payment may take. */
  patience?: number;
  onFailure(error: unknown): void;
}

/** Has the host send what is approved. */
export interface Payer {
  run(): Promise<void>;
}

/** Makes the payer: each payout by one node at a time, always under its own id. */
export function createPayer({
  storage,
  schema: schemaName,
  channel,
  clock,
  pay,
  patience = patienceMilliseconds,
  onFailure,
}: PayerServices): Payer {
  const schema = quoteSchema(schemaName);

  const note = (payout: string, outcome: { reference?: string | undefined } | { error: string }) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const failed = 'error' in outcome;
      const events = await movePayouts(database, {
        payout,
        // What was sent is paid, whatever was thought of it meanwhile.
        from: failed ? ['sending'] : unpaidStates,
        to: failed ? 'failed' : 'paid',
        actor: 'system',
        reason: failed ? 'the host could not pay' : 'paid by the host',
        ...outcome,
        now: clock(),
      });
      await emitAll(database, events);
      if (events.length > 0) await hint(database, channel, { outbox: true });
    });

  const send = async (taken: PayoutToPay) => {
    const payout = { ...taken, minor: Number(taken.minor) };
    const answered = Promise.resolve()
      .then(() => pay(payout))
      .then(
        (answer) => ({ reference: answer?.reference === undefined ? undefined : textOf(answer.reference, 200) }),
        (error: unknown) => {
          onFailure(error);
          return { error: textOf(error instanceof Error ? error.message : error, 500) };
        },
      );
    const outcome = await within(patience, answered);
    if (outcome) return note(payout.id, outcome);
    const error = `No answer within ${patience / 1000} seconds: it may have been sent.`;
    onFailure(new Error(error));
    await note(payout.id, { error });
    // Nobody waits for it any more, but what was sent is paid.
    answered.then(async (late) => ('error' in late ? undefined : note(payout.id, late))).catch(onFailure);
  };

  return {
    run: oneAtATime(() =>
      untilNothingIsLeft(atOnce, async () => {
        const [taken] = await storage.query<PayoutToPay>(takeStatement(schema), [clock()]);
        if (taken) await send(taken);
        return taken !== undefined;
      }),
    ),
  };
}

/** Text as it can be stored: money was sent whatever the host's function says of it. */
const textOf = (value: unknown, most: number) =>
  String(value).toWellFormed().replaceAll('\u0000', '').slice(0, most).toWellFormed() || 'no words';
