import { contract } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { asId, participantIdOf } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { storeContact } from '../settlement/contact.ts';
import { isStorable } from '../stripe-wire/fields.ts';
import type { Facts } from './facts.ts';

/** How people are met and bound inside the transaction of an event. */
export interface PersonServices {
  upsert: Handlers<'participants'>['upsert'];
  bind: Handlers<'referrals'>['create'];
  /** Of the purpose `person`. */
  personKey: Buffer;
  channel: string;
}

/** Names that the contract would refuse are nobody’s. */
const usable = (reference: string) =>
  reference !== '' && reference.length <= 200 && !['.', '..'].includes(reference) && isStorable(reference);

/** Who bought: whom the event names, else whose customer it is; `null` when nobody knows. */
export async function buyerOf(
  database: Database,
  programId: string,
  { person, customer }: Facts,
  { upsert }: PersonServices,
  context: Context,
): Promise<string | null> {
  if (person && usable(person.reference)) {
    const [known] = await database.query<{ id: string | null }>(
      `select ${participantIdOf(database.schema, '$1', '$2::uuid')} as id`,
      [person.reference, asId(person.reference)],
    );
    if (known?.id) return known.id;
    if (person.meet) return (await upsert({ externalId: person.reference }, context)).id;
  }
  if (customer === null) return null;
  const [row] = await database.query<{ id: string }>(
    `select participant_id as id from ${database.schema}.stripe_customer where program_id = $1 and customer = $2`,
    [programId, customer],
  );
  return row?.id ?? null;
}

/** Binds the buyer to whom the checkout says sent them; answers whether it did. A code or click that is no good binds nobody. */
export async function bindBuyer(
  programId: string,
  participant: string,
  { clickId, referralCode }: Facts,
  { bind }: PersonServices,
  context: Context,
): Promise<boolean> {
  const click = clickId === null ? null : asId(clickId);
  const code = referralCode !== null && /^[A-Za-z0-9_-]{3,40}$/.test(referralCode) ? referralCode : null;
  for (const how of [click && { clickId: click }, code && { referralCode: code }]) {
    if (!how) continue;
    try {
      await bind({ program: programId, participant, ...how }, context);
      return true;
    } catch (error) {
      if (!(error instanceof LaurelProblem)) throw error;
    }
  }
  return false;
}

/** Keeps the address Stripe has of a buyer of whom none is known: it signs nobody in, and tells people apart. */
export async function keepAddress(
  database: Database,
  participantId: string,
  { email }: Facts,
  { personKey, channel }: PersonServices,
  now: Date | null,
): Promise<void> {
  if (email === null || !contract.joining.join.body.shape.email.safeParse(email).success) return;
  const { query, schema } = database;
  await query(`select from ${schema}.participant where id = $1 for no key update`, [participantId]);
  const [known] = await query(`select true as known from ${schema}.participant_contact where participant_id = $1`, [
    participantId,
  ]);
  if (!known) await storeContact(database, participantId, email, { key: personKey, now, channel });
}
