import { setImmediate } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import { boardId } from '../pseudonym.ts';

const batchSize = 5_000;

/** Entrants that are looked through for an entry id before the freeze; each costs an HMAC. */
const mostSearched = 200_000;

/** Parameters: contest, participant, how many. */
const batchStatement = (schema: string) => `
select participant_id as id from ${schema}.standing
where contest_id = $1 and period_start = '-infinity' and participant_id > $2 order by participant_id limit $3`;

/**
 * Whose entry of a contest has this id. It cannot be reversed: once the entries are frozen it is looked up, before that everybody
 * with points is tried, in contests of up to 200,000.
 * @throws LaurelProblem entry_not_found
 */
export async function participantOfEntry(
  { query, schema }: Database,
  key: Buffer,
  contestId: string,
  entryId: string,
): Promise<string> {
  const [frozen] = await query<{ id: string }>(
    `select participant_id as id from ${schema}.contest_entry where contest_id = $1 and entry_id = $2`,
    [contestId, entryId],
  );
  if (frozen) return frozen.id;
  const [isFrozen] = await query(`select from ${schema}.contest_draw where contest_id = $1`, [contestId]);
  if (isFrozen) throw new LaurelProblem('entry_not_found', `The frozen entries hold no "${entryId}".`);
  let after = '00000000-0000-0000-0000-000000000000';
  for (let searched = 0; searched < mostSearched; searched += batchSize) {
    const batch = await query<{ id: string }>(batchStatement(schema), [contestId, after, batchSize]);
    const found = batch.find(({ id }) => boardId(key, contestId, id) === entryId);
    if (found) return found.id;
    if (batch.length < batchSize) throw new LaurelProblem('entry_not_found', `Nobody here has the entry "${entryId}".`);
    after = batch.at(-1)?.id ?? after;
    // Others are served between two batches.
    await setImmediate();
  }
  throw new LaurelProblem(
    'entry_not_found',
    'There are too many to look through before the freeze: name the participant.',
  );
}
