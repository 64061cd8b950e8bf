import { uuidv7 } from 'uuidv7';
import { bindReferral } from '../attribution/bind.ts';
import { referralCodeOf } from '../attribution/code.ts';
import { findSource, type Source } from '../attribution/source.ts';
import { instantOf } from '../clock.ts';
import type { Context, TransactionContext } from '../context.ts';
import { holdAlone } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { publicName } from '../public-name.ts';
import { storeContact } from '../settlement/contact.ts';
import { tokenHash } from './confirmation-token.ts';
import { noteConsent } from './consent.ts';
import type { JoiningServices } from './index.ts';

const tokenSeconds = 3600;

/** Parameters: token hash, programme, instant or null. The guarded update lets one caller through. */
const takeRequest = (schema: string) => `
update ${schema}.join_request set confirmed_at = coalesce($3::timestamptz, now())
where token_hash = $1 and program_id = $2 and confirmed_at is null and expires_at > coalesce($3::timestamptz, now())
returning *`;

/**
 * Confirms an address, once: makes the participant, or finds the one who confirmed this address before, and signs them in. Who
 * is new to the programme is bound to whoever invited them.
 */
export const confirm =
  (services: JoiningServices): Handlers<'joining'>['confirm'] =>
  async ({ program: reference, token }, context) => {
    const { tokens, sequencer } = services;
    const program = await findProgram(context.database, reference);
    const joined = await context.transaction(async (transaction) => {
      const { database } = transaction;
      const values = [tokenHash(token), program.id, context.now];
      const [request] = program.archived_at
        ? []
        : await database.query<Row<'join_request'>>(takeRequest(database.schema), values);
      if (!request) {
        throw new LaurelProblem('confirmation_invalid', 'Ask to join again: a new message is sent to the address.');
      }
      return take(services, { request, program, context, transaction });
    });
    context.afterCommit(sequencer.run);
    const { token: issued, expiresAt } = await tokens.issue(joined.participant, tokenSeconds);
    return { ...joined, token: issued, expiresAt };
  };

interface Confirmed {
  request: Row<'join_request'>;
  program: Row<'program'>;
  context: Context;
  transaction: TransactionContext;
}

async function take(services: JoiningServices, confirmed: Confirmed) {
  const { request, program, context, transaction } = confirmed;
  const { database, emit } = transaction;
  const participant = await participantOf(services, confirmed);
  await services.seeing.participant(participant, { ...context, database });
  const { isNew, isBack } = await joinProgram(database, participant, request);
  const source = isNew ? await sourceOf(confirmed) : null;
  if (source && source.referrer !== participant) {
    const edge = { programId: program.id, source, referee: participant };
    await bindReferral(edge, { database, now: context.now, actor: 'participant', channel: services.channel });
  }
  if (isNew || isBack) await emit('participant.joined', { participant, program: program.id });
  return { participant, referralCode: await referralCodeOf(database, program.id, participant) };
}

/** The participant of an address: the one who confirmed exactly this one before, or a new one. */
async function participantOf(
  { personKey, channel }: JoiningServices,
  { request, context, transaction: { database, emit } }: Confirmed,
): Promise<string> {
  const { email, email_key } = request;
  // Two confirmations of one mailbox at once make one participant.
  await holdAlone(database, `join:${email_key}`);
  const [known] = await database.query<{ id: string }>(
    `select participant_id as id from ${database.schema}.participant_contact
     where email_key = $1 and lower(email) = lower($2) and confirmed_at is not null order by confirmed_at, participant_id limit 1`,
    [email_key, email],
  );
  if (known) return known.id;
  const id = uuidv7();
  const name = request.display_name === null ? null : publicName(request.display_name);
  await database.kysely
    .insertInto('participant')
    .values({ id, external_id: `join:${id}`, display_name: name, metadata: '{}' })
    .execute();
  await storeContact(database, id, email, { key: personKey, now: context.now, channel });
  await database.kysely
    .updateTable('participant_contact')
    .set({ confirmed_at: instantOf(context) })
    .where('participant_id', '=', id)
    .execute();
  await emit('participant.created', { participant: id });
  return id;
}

/** Parameters: programme, participant, text, instant. Whether they had left is read of the row that is held from now on. */
const enter = (schema: string) => `
insert into ${schema}.participation as participation (program_id, participant_id, consent_text, consented_at)
values ($1, $2, $3, $4)
on conflict (program_id, participant_id) do update
  set consent_text = excluded.consent_text, consented_at = excluded.consented_at
returning xmax = 0 as "isNew", left_at is not null as "isBack"`;

/** Parameters: programme, participant. */
const comeBack = (schema: string) => `
update ${schema}.participation set left_at = null where program_id = $1 and participant_id = $2`;

/** Keeps what was agreed to, and when; answers whether the participant is new to the programme, or back in it. */
async function joinProgram(database: Database, participantId: string, request: Row<'join_request'>) {
  const { program_id: programId, consent_text: consentText, created_at: agreedAt } = request;
  const { query, schema } = database;
  const values = [programId, participantId, consentText, agreedAt];
  const [row] = await query<{ isNew: boolean; isBack: boolean }>(enter(schema), values);
  if (row?.isBack) await query(comeBack(schema), [programId, participantId]);
  const given = { programId, participantId, kind: 'given', consentText, actor: 'participant' } as const;
  await noteConsent(database, given, { now: agreedAt });
  return { isNew: row?.isNew === true, isBack: row?.isBack === true };
}

/** Who invited, as it was when they asked to join. */
async function sourceOf({ request, program, transaction: { database } }: Confirmed): Promise<Source | null> {
  const touches = {
    clickId: request.click_id ?? undefined,
    referralCode: request.referral_code ?? undefined,
    cookieClicks: [],
  };
  return findSource(touches, program, { database, now: request.created_at }).catch((error: unknown) => {
    if (error instanceof LaurelProblem) return null;
    throw error;
  });
}
