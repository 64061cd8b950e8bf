import type { contestStates } from '@laurelkit/sdk/contract';
import { type Selectable, sql } from 'kysely';
import { instantOf } from '../clock.ts';
import { LaurelProblem } from '../problem.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** A stored row. */
export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>;

/** The states of a contest as everyone sees them. */
export type ContestState = (typeof contestStates)[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** SQL: the id of the participant whom `participant` (the host's name, which comes first) or `id` (ours) refers to. */
export const participantIdOf = (schema: string, participant: string, id: string) => `coalesce(
  (select id from ${schema}.participant where external_id = ${participant}),
  (select id from ${schema}.participant where participant.id = ${id}))`;

/** The reference as an id, or `null` when it can only be the host's own name. */
export const asId = (reference: string): string | null => (uuid.test(reference) ? reference.toLowerCase() : null);

/**
 * Finds a participant by the host's `externalId` or our id; the host's own comes first.
 * @throws LaurelProblem participant_not_found
 */
export async function findParticipant(database: Database, reference: string): Promise<Row<'participant'>> {
  const id = asId(reference);
  const rows = await database.kysely
    .selectFrom('participant')
    .selectAll()
    .where((where) => where.or([where('external_id', '=', reference), ...(id ? [where('id', '=', id)] : [])]))
    .execute();
  const row = rows.find((each) => each.external_id === reference) ?? rows[0];
  if (!row) throw new LaurelProblem('participant_not_found', `There is no participant "${reference}".`);
  return row;
}

/**
 * Finds a programme by slug or id.
 * @throws LaurelProblem program_not_found
 */
export async function findProgram(database: Database, reference: string): Promise<Row<'program'>> {
  const id = asId(reference);
  const row = await database.kysely
    .selectFrom('program')
    .selectAll()
    .where((where) => where.or([where('slug', '=', reference), ...(id ? [where('id', '=', id)] : [])]))
    .executeTakeFirst();
  if (!row) throw new LaurelProblem('program_not_found', `There is no programme "${reference}".`);
  return row;
}

/**
 * Finds a programme by slug or id and holds its row to the end of the transaction: nobody else changes it meanwhile.
 * @throws LaurelProblem program_not_found
 */
export async function holdProgram(database: Database, reference: string): Promise<Row<'program'>> {
  const { id } = await findProgram(database, reference);
  await database.query(`select from ${database.schema}.program where id = $1 for no key update`, [id]);
  return findProgram(database, id);
}

/** A contest, its programme's slug, and the state it is in at the instant of the call. */
export type ContestRow = Row<'contest'> & { program: string; phase: ContestState };

/**
 * All contests as rows of `ContestRow`; what is stored becomes `live` and `frozen` by the clock.
 * @param instant - SQL: the instant to go by, that of the call unless told
 */
export const selectContests = (database: Database, at: { now: Date | null }, instant = instantOf(at)) =>
  database.kysely
    .selectFrom('contest')
    .innerJoin('program', 'program.id', 'contest.program_id')
    .selectAll('contest')
    .select('program.slug as program')
    .select(
      sql<ContestState>`case
        when contest.state not in ('scheduled', 'paused') then contest.state
        when ${instant} >= ends_at then 'frozen'
        when contest.state = 'paused' or ${instant} < starts_at then contest.state
        else 'live' end`.as('phase'),
    );

/**
 * Finds a contest by slug or id.
 * @param instant - SQL: the instant to go by, that of the call unless told
 * @throws LaurelProblem contest_not_found
 */
export async function findContest(
  database: Database,
  reference: string,
  at: { now: Date | null },
  instant = instantOf(at),
): Promise<ContestRow> {
  const id = asId(reference);
  const row = await selectContests(database, at, instant)
    .where((where) => where.or([where('contest.slug', '=', reference), ...(id ? [where('contest.id', '=', id)] : [])]))
    .executeTakeFirst();
  if (!row) throw new LaurelProblem('contest_not_found', `There is no contest "${reference}".`);
  return row;
}
