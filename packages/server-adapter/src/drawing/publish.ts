import { hint } from '../bus.ts';
import type { Context } from '../context.ts';
import { type ContestRow, findContest } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

/** Parameters: contest, instant or null. */
const publishStatement = (schema: string) => `
update ${schema}.contest_draw set published_at = coalesce(published_at, $2::timestamptz, now())
where contest_id = $1 and drawn_at is not null returning contest_id`;

/**
 * Makes the results of a drawn contest public; again changes nothing.
 * @throws LaurelProblem contest_not_found, not_drawn_yet
 */
export async function publish(reference: string, context: Context, channel: string): Promise<ContestRow> {
  return context.transaction(async ({ database }) => {
    const contest = await findContest(database, reference, context);
    const [published] = await database.query(publishStatement(database.schema), [contest.id, context.now]);
    if (!published) throw new LaurelProblem('not_drawn_yet', 'There are results once the contest is drawn.');
    await hint(database, channel, { contests: [contest.id] });
    return contest;
  });
}
