import { uuidv7 } from 'uuidv7';
import { hint } from '../bus.ts';
import type { Clock } from '../clock.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import type { Storage } from '../db/storage.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { holdReward } from './account.ts';
import type { Draft } from './draft.ts';
import { finish } from './finish.ts';
import { openContests } from './open-contests.ts';
import { prizeDrafts } from './prize-drafts.ts';
import { storedReward } from './read-rewards.ts';
import { writeRewards } from './write-rewards.ts';

type RuleRow = Row<'reward_rule'> & { now: Date; hold_days: number; contest_id: string };

/**
 * Parameter: instant or null. A rule whose contest has been decided; not before its points are all numbered. Whoever holds
 * the row gives the prizes.
 */
const takeStatement = (schema: string) => `
select rule.*, program.hold_days, coalesce($1::timestamptz, now()) as now
from ${schema}.reward_rule rule
join ${schema}.contest on contest.id = rule.contest_id and contest.state in ('drawn', 'closed')
join ${schema}.program on program.id = rule.program_id
where rule.contest_id is not null and rule.awarded_at is null and rule.archived_at is null
  and not exists (select from ${schema}.ledger_intake where contest_id = rule.contest_id)
order by rule.id limit 1 for update of rule skip locked`;

/** Parameters: contest, how many. Places are those of the board: who reached a score first is before the others. */
const placesStatement = (schema: string) => `
select participant_id from ${schema}.standing
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

  /** Gives the prizes of one rule; `false` when there is none to give. */
  const giveNext = () =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const [rule] = await database.query<RuleRow>(takeStatement(schema), [clock()]);
      if (!rule) return false;
      const prizes = rule.definition.contest?.prizes ?? [];
      const places = await database.query<{ participant_id: string }>(placesStatement(schema), [
        rule.contest_id,
        prizes.length,
      ]);
      const version = { version: rule.version, from: rule.created_at, active: true, definition: rule.definition };
      const contests = await openContests(database, [{ id: rule.id, programId: rule.program_id, versions: [version] }]);
      const drafts = prizeDrafts(
        { ruleId: rule.id, contestId: rule.contest_id, version, holdDays: rule.hold_days },
        places.map(({ participant_id }) => participant_id),
        { now: rule.now, contests, isRejected: () => false, newId: uuidv7 },
      );
      await write(database, drafts, rule.program_id, rule.now, contests);
      await database.query(`update ${schema}.reward_rule set awarded_at = $2 where id = $1`, [rule.id, rule.now]);
      return true;
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
      while (await giveNext());
      for (const { id } of await storage.query<{ id: string }>(heldStatement(schema), [clock()])) await approve(id);
    }),
  };
}

const worthOf = ({ earned, stored }: Draft) =>
  (earned?.given.kind === 'money' ? earned.given.minor : stored?.fullMinor) ?? 1;
