import { uuidv7 } from 'uuidv7';
import { hint } from '../bus.ts';
import type { Clock } from '../clock.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import type { Storage } from '../db/storage.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import { keepFromPayouts } from '../hold-payouts.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { holdReward } from './account.ts';
import { cancelReward } from './cancel.ts';
import type { Draft } from './draft.ts';
import { finish } from './finish.ts';
import { openContests } from './open-contests.ts';
import { type PlaceTaken, prizeDrafts } from './prize-drafts.ts';
import { storedReward } from './read-rewards.ts';
import { placesDue, prizesOwedBack, winnersMove } from './winner-places.ts';
import { writeRewards } from './write-rewards.ts';

type RuleRow = Row<'reward_rule'> & {
  now: Date;
  hold_days: number;
  contest_id: string;
  contest_state: string;
  has_winners: boolean;
};

/**
 * Parameters: instant or null, rules that had their turn. A rule whose contest has been decided: one that names prizes itself gives
 * by its winners, any other by its board, not before its points are all numbered. Whoever holds the row gives the prizes.
 */
const takeStatement = (schema: string) => `
select rule.*, program.hold_days, coalesce($1::timestamptz, now()) as now, contest.state as contest_state,
  contest.settings -> 'prizes' <> '[]' as has_winners
from ${schema}.reward_rule rule
join ${schema}.contest on contest.id = rule.contest_id and contest.state in ('drawn', 'closed')
join ${schema}.program on program.id = rule.program_id
where rule.contest_id is not null and rule.awarded_at is null and rule.archived_at is null and rule.id <> all($2::uuid[])
  and case when contest.settings -> 'prizes' <> '[]' then ${winnersMove(schema, 'rule', 'contest')}
    else not exists (select from ${schema}.ledger_intake where contest_id = rule.contest_id) end
order by rule.id limit 1 for update of rule skip locked`;

/** Parameters: contest, how many. Places are those of the board: who reached a score first is before the others. */
const placesStatement = (schema: string) => `
select participant_id as "participantId", (row_number() over (order by score desc, seq))::int as place, 1 as share
from ${schema}.standing
where contest_id = $1 and period_start = '-infinity' and score > 0 order by score desc, seq limit $2`;

const heldStatement = (schema: string) => `
select id from ${schema}.reward
where state = 'held' and cause like 'contest:%' and held_until <= coalesce($1::timestamptz, now())
order by held_until limit 100`;

/** Gives the prizes of decided contests. */
export interface Prizes {
  /** Gives all that are due, and approves those whose hold has passed. */
  run(): Promise<void>;
}

/** Makes the giver of prizes of a schema. Any number of nodes may run it. */
export function createPrizes(storage: Storage, schemaName: string, channel: string, clock: Clock): Prizes {
  const schema = quoteSchema(schemaName);

  const write = async (
    database: Database,
    drafts: readonly Draft[],
    programId: string,
    now: Date,
    contests: ReadonlyMap<string, unknown>,
  ) => {
    const events: WrittenEvent[] = [];
    const finished = drafts.flatMap(
      (draft) => finish(draft, programId, { allowed: worthOf(draft), limited: false, share: null }) ?? [],
    );
    await writeRewards(
      {
        database,
        now,
        contests,
        actor: 'system',
        emit: (name, payload) => void events.push([name, payload]),
        tell: () => {},
      },
      finished,
    );
    await emitAll(database, events);
    await hint(database, channel, { outbox: true, intake: true });
  };

  /** Takes away what disqualified winners have; what was paid or handed out meanwhile stays. */
  const takeBack = async (database: Database, rule: RuleRow) => {
    await keepFromPayouts(database, rule.program_id);
    for (const { id } of await prizesOwedBack(database, rule.id)) {
      const cancellation = { actor: 'system', reason: 'disqualified', now: clock() };
      await emitAll(database, await cancelReward(database, await holdReward(database, id), cancellation, channel));
    }
  };

  /** Gives the prizes of one rule; `null` when there is none to give. */
  const giveNext = (done: readonly string[]) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const [rule] = await database.query<RuleRow>(takeStatement(schema), [clock(), done]);
      if (!rule) return null;
      if (rule.has_winners) await takeBack(database, rule);
      const most = rule.definition.contest?.prizes.length ?? 0;
      const places = rule.has_winners
        ? await placesDue(database, rule.id)
        : await database.query<PlaceTaken>(placesStatement(schema), [rule.contest_id, most]);
      const version = { version: rule.version, from: rule.created_at, active: true, definition: rule.definition };
      const contests = await openContests(database, [{ id: rule.id, programId: rule.program_id, versions: [version] }]);
      const drafts = prizeDrafts(
        { ruleId: rule.id, contestId: rule.contest_id, version, holdDays: rule.hold_days },
        places,
        { now: rule.now, contests, isRejected: () => false, newId: uuidv7 },
      );
      await write(database, drafts, rule.program_id, rule.now, contests);
      // Until the contest is closed a place may still go to somebody else.
      if (!rule.has_winners || rule.contest_state === 'closed') {
        await database.query(`update ${schema}.reward_rule set awarded_at = $2 where id = $1`, [rule.id, rule.now]);
      }
      return rule.id;
    });

  const approve = (id: string) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const reward = storedReward(await holdReward(database, id));
      if (reward.state !== 'held') return;
      const [instant] = await database.query<{ now: Date }>('select coalesce($1::timestamptz, now()) as now', [
        clock(),
      ]);
      const contests = await database.query<{ id: string }>(
        `select id from ${schema}.contest where id = $1 and state in ('scheduled', 'paused')`,
        [reward.contestId],
      );
      const draft: Draft = { id, stored: reward, earned: null, base: 'approved', reason: 'hold passed' };
      await write(
        database,
        [draft],
        reward.programId,
        instant?.now ?? new Date(),
        new Map(contests.map((each) => [each.id, each])),
      );
    });

  return {
    run: oneAtATime(async () => {
      const done: string[] = [];
      for (let next = await giveNext(done); next; next = await giveNext(done)) done.push(next);
      for (const { id } of await storage.query<{ id: string }>(heldStatement(schema), [clock()])) await approve(id);
    }),
  };
}

const worthOf = ({ earned, stored }: Draft) =>
  (earned?.given.kind === 'money' ? earned.given.minor : stored?.fullMinor) ?? 1;
