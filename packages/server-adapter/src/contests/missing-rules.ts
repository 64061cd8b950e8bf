import type { Clock } from '../clock.ts';
import { databaseOn } from '../db/database.ts';
import { selectContests } from '../db/references.ts';
import type { Storage } from '../db/storage.ts';
import type { KeeperStep } from '../keeper.ts';
import { keepRules } from './rules-versions.ts';

const batchSize = 100;

/**
 * The keeper’s step that keeps the rules of contests of before there were any, so that commitments can name them. Once all
 * are there it rests: contests made since then have theirs from the start.
 */
export function keepMissingRules(storage: Storage, schemaName: string, clock: Clock): KeeperStep {
  const database = databaseOn(storage, schemaName);
  let done = false;
  return async () => {
    while (!done) {
      const contests = await selectContests(database, { now: clock() })
        .leftJoin('contest_rules', (join) =>
          join
            .onRef('contest_rules.contest_id', '=', 'contest.id')
            .onRef('contest_rules.version', '=', 'contest.rules_version'),
        )
        .where('contest_rules.version', 'is', null)
        .where('contest.state', '<>', 'draft')
        .limit(batchSize)
        .execute();
      for (const contest of contests) await keepRules(database, contest, clock());
      done = contests.length < batchSize;
    }
  };
}
