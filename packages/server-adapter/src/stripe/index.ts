import type { Context, TransactionContext } from '../context.ts';
import { holdAlone } from '../db/advisory-lock.ts';
import { findProgram } from '../db/references.ts';
import { hasSqlState } from '../db/storage.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import type { SightingRules } from '../settlement/sightings.ts';
import type { StripeEvent, StripeSettings } from '../stripe-options.ts';
import { verifiedEvent } from '../stripe-wire/verify.ts';
import { type Facts, factsOf } from './facts.ts';
import { bindBuyer, buyerOf, keepAddress, type PersonServices } from './person.ts';
import { settleSale } from './settle.ts';
import { keepMeans, storeFacts } from './store.ts';

/** What Stripe's events need of the house. */
export interface StripeServices extends PersonServices {
  settings: StripeSettings;
  conversions: Pick<Handlers<'conversions'>, 'create' | 'reverse'>;
  sightings: SightingRules;
  clock(): Date;
}

const mostAttempts = 5;

/** Stripe's webhook: every event has its effect once, and in whatever order they come the end is the same. */
export function stripe(services: StripeServices): Handlers<'stripe'> {
  const { settings, clock } = services;
  return {
    webhook: async ({ program: reference, rawBody }, context) => {
      if (settings.webhookSecrets.length === 0) {
        throw new LaurelProblem('stripe_not_configured', 'Set the option stripe.webhookSecret.');
      }
      const signature = context.arrival?.header('stripe-signature') ?? null;
      const event = await verifiedEvent(rawBody, signature, settings.webhookSecrets, clock());
      const program = await findProgram(context.database, reference);
      const facts = factsOf(event);
      if (!facts) return { outcome: 'ignored' };
      if (await isKnown(context, program.id, event)) return { outcome: 'repeated' };
      const named = await settings.participantOf(event);
      if (named !== null) facts.person = { reference: named, meet: true };
      for (let attempt = 1; ; attempt++) {
        try {
          return { outcome: await applyOnce(services, { context, programId: program.id, event, facts }) };
        } catch (error) {
          // Other writers were in the way; nothing of this was kept.
          if (attempt === mostAttempts || !hasSqlState(error, '40P01', '40001', '23505')) throw error;
        }
      }
    },
  };
}

const sourceOf = (programId: string) => `stripe:${programId}`;

/** Whether a repetition can be told from what is there, without a transaction. The constraint says it for sure. */
async function isKnown({ database }: Context, programId: string, { id }: StripeEvent): Promise<boolean> {
  const rows = await database.query(`select from ${database.schema}.inbound_event where source = $1 and id = $2`, [
    sourceOf(programId),
    id,
  ]);
  return rows.length > 0;
}

interface Arrived {
  context: Context;
  programId: string;
  event: StripeEvent;
  facts: Facts;
}

/** Writes down that the event came, and what follows from it, in one transaction. */
function applyOnce(
  services: StripeServices,
  { context, programId, event, facts }: Arrived,
): Promise<'applied' | 'repeated'> {
  return context.transaction(async (transaction) => {
    const { database } = transaction;
    const arrived = await database.query(
      `insert into ${database.schema}.inbound_event (source, id, kind) values ($1, $2, $3) on conflict do nothing returning id`,
      [sourceOf(programId), event.id, event.type],
    );
    if (arrived.length === 0) return 'repeated';
    // Events that belong together may come at the same moment, and each must see what the other said.
    await holdAlone(database, sourceOf(programId));
    const inside = insideOf(context, transaction);
    const participantId = await buyerOf(database, programId, facts, services, inside(context.now));
    const bound =
      participantId !== null &&
      (await bindBuyer(programId, participantId, facts, services, inside(earlier(facts.at, services.clock()))));
    const eventName = services.settings.events[facts.sale?.kind ?? 'purchase'];
    if (participantId !== null) await keepAddress(database, participantId, facts, services, context.now);
    const { sightings, channel } = services;
    const place = { programId, participantId, eventName, sightings, now: context.now };
    const touched = await storeFacts(database, facts, place);
    await keepMeans(database, programId, [...touched], { keepDays: sightings.keepDays, channel, now: context.now });
    const recorder = {
      record: (input: Parameters<typeof services.conversions.create>[0], at: Date) =>
        services.conversions.create(input, inside(at)),
      reverse: (conversion: string, reason: string | null) =>
        services.conversions.reverse({ conversion, reason: reason ?? undefined }, inside(context.now)),
    };
    const own = facts.sale?.object ?? facts.about;
    for (const object of [...touched].sort()) {
      await settleSale(database, programId, object, recorder, bound && object === own);
    }
    return 'applied';
  });
}

const earlier = (a: Date, b: Date) => (a < b ? a : b);

/** The context of calls inside the transaction, as the host's own, at an instant of their own. */
const insideOf =
  (context: Context, transaction: TransactionContext) =>
  (now: Date | null): Context => ({
    caller: { kind: 'secret', key: 'stripe' },
    database: transaction.database,
    reads: transaction.database,
    now,
    enlisted: true,
    publicUrl: context.publicUrl,
    arrival: null,
    address: 'in-process',
    responseHeaders: {},
    transaction: (work) => work(transaction),
    afterCommit: context.afterCommit,
  });
