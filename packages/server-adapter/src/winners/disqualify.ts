import { disqualificationHash, noDisqualification } from '@laurelkit/sdk/draws';
import { hint } from '../bus.ts';
import type { TransactionContext } from '../context.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import type { KeeperStep } from '../keeper.ts';
import { LaurelProblem } from '../problem.ts';
import type { WinnerServices } from './services.ts';
import { takePointsBack } from './take-points-back.ts';

/** Somebody to be taken out of a contest. */
export interface Exclusion {
  readonly contest: string;
  readonly participant: string;
  /** As boards show them; once the entries are frozen, theirs counts. */
  readonly entryId: string;
  readonly reason: string;
  readonly actor: string;
  readonly now: Date | null;
}

/** Parameters: contest, instant or null. Disqualifications, freeze, draw and selections of a contest follow one another. */
const holdStatement = (schema: string) => `
select program_id, state, date_trunc('milliseconds', coalesce($2::timestamptz, now())) as now
from ${schema}.contest where id = $1 for update`;

const lastStatement = (schema: string) =>
  `select number, hash from ${schema}.contest_disqualification where contest_id = $1 order by number desc limit 1`;

/** Parameters: contest, participant. A row once the entries are frozen. */
const frozenStatement = (schema: string) => `
select entry.entry_id as "entryId" from ${schema}.contest_draw draw
left join ${schema}.contest_entry entry on entry.contest_id = draw.contest_id and entry.participant_id = $2
where draw.contest_id = $1`;

const writeStatement = (schema: string) => `
insert into ${schema}.contest_disqualification
  (contest_id, number, participant_id, entry_id, reason, actor, created_at, previous_hash, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict on constraint contest_disqualification_once do nothing
returning *`;

/** Parameters: contest, entry, reason, instant. */
const takePlaceStatement = (schema: string) => `
update ${schema}.contest_winner set state = 'disqualified', reason = $3, updated_at = $4
where contest_id = $1 and entry_id = $2 and state in ('selected', 'claimed')`;

/** Disqualified people of undecided contests who have points all the same. */
const pointsLeftStatement = (schema: string) => `
select disqualified.contest_id as contest, disqualified.participant_id as participant
from ${schema}.contest
join ${schema}.contest_disqualification disqualified on disqualified.contest_id = contest.id
join ${schema}.standing on standing.contest_id = contest.id and standing.period_start = '-infinity'
  and standing.participant_id = disqualified.participant_id
where contest.state in ('scheduled', 'paused') and standing.score <> 0 and not exists (
  select from ${schema}.ledger_intake waiting
  where waiting.contest_id = contest.id and waiting.participant_id = disqualified.participant_id)`;

/**
 * Takes somebody out of a contest, for a reason everybody can read, as the next link of a chain of hashes. Before the freeze their
 * points leave the boards; after the draw their place goes to the next in order. Nobody else moves.
 * @throws LaurelProblem contest_closed, already_disqualified, entry_not_found for somebody who is not among the frozen entries
 */
export async function disqualify(
  { database, emit }: TransactionContext,
  { contest, participant, entryId: shownAs, reason, actor, now }: Exclusion,
  channel: string,
): Promise<Row<'contest_disqualification'>> {
  const { query, schema } = database;
  const [held] = await query<{ program_id: string; state: string; now: Date }>(holdStatement(schema), [contest, now]);
  if (!held || held.state === 'closed') {
    throw new LaurelProblem('contest_closed', 'The contest is closed: nobody can be disqualified any more.');
  }
  const [frozen] = await query<{ entryId: string | null }>(frozenStatement(schema), [contest, participant]);
  const entryId = frozen ? frozen.entryId : shownAs;
  if (entryId === null) {
    throw new LaurelProblem('entry_not_found', 'The entries are frozen, and this participant has none.');
  }
  const [last] = await query<{ number: number; hash: string }>(lastStatement(schema), [contest]);
  const number = (last?.number ?? 0) + 1;
  const previousHash = last?.hash ?? noDisqualification;
  const at = held.now.toISOString();
  const hash = disqualificationHash(contest, { number, entryId, reason, at, previousHash });
  const [written] = await query<Row<'contest_disqualification'>>(writeStatement(schema), [
    ...[contest, number, participant, entryId, reason, actor, held.now, previousHash, hash],
  ]);
  if (!written) throw new LaurelProblem('already_disqualified', 'The entrant is disqualified already.');
  if (frozen) await query(takePlaceStatement(schema), [contest, entryId, reason, held.now]);
  else await takePointsBack(database, contest, participant, now);
  await emit('contest.disqualified', { contest, program: held.program_id, participant, reason });
  await hint(database, channel, { contests: [contest], intake: true });
  return written;
}

/** Makes the step that keeps disqualified people off the boards of contests that run, whatever they earn. */
export function createExclusionStep({ storage, schema: name, channel, clock }: WinnerServices): KeeperStep {
  const schema = quoteSchema(name);
  const takeBack = (database: Database, contest: string, participant: string) =>
    database
      .query(`select from ${schema}.contest where id = $1 and state in ('scheduled', 'paused') for update`, [contest])
      .then((held) => held.length > 0 && takePointsBack(database, contest, participant, clock()));
  return async () => {
    const left = await storage.query<{ contest: string; participant: string }>(pointsLeftStatement(schema));
    for (const { contest, participant } of left) {
      await storage.transaction(async (transaction) => {
        if (await takeBack(databaseOn(transaction, name), contest, participant)) {
          await hint(transaction, channel, { intake: true });
        }
      });
    }
  };
}
