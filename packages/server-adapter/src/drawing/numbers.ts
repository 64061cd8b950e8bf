import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { hint } from '../bus.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { type ContestRow, findContest } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { roundInstant } from './answer.ts';
import { needsNumbers } from './randomness.ts';
import { readDraw, type StoredDraw } from './stored.ts';

/** Parameters: contest, numbers. Once, and not after a draw. */
const writeStatement = (schema: string) => `
update ${schema}.contest_draw set numbers = $2::text::jsonb
where contest_id = $1 and numbers is null and drawn_at is null
  and exists (select from ${schema}.contest where id = $1 and state = 'frozen')
returning contest_id`;

/** Parameters: contest, instant or null. */
const factsStatement = (schema: string) => `
select coalesce($2::timestamptz, now()) as now,
  exists (select from ${schema}.contest_entry where contest_id = $1 group by weight having count(*) > 1) as tied`;

const conflict = (detail: string) => new LaurelProblem('draw_state_conflict', detail);

/** Why numbers cannot decide now, or `null` when they can. */
function refusal(
  contest: ContestRow,
  draw: StoredDraw,
  { now, tied }: { now: Date; tied: boolean },
): LaurelProblem | null {
  const { terms } = draw;
  if (draw.drawnAt) return conflict('The contest is drawn: nothing decides it again.');
  if (draw.numbers) return conflict('The numbers were given already, and nobody can change them.');
  if (contest.settings.prizes.length === 0) return conflict('The contest has no prizes, so nothing is drawn.');
  if (terms.source.kind === 'numbers') {
    const isNeeded = needsNumbers({ terms, tied, entries: draw.root.count });
    return isNeeded ? null : conflict('Nothing is left to chance here: the contest is drawn without numbers.');
  }
  const { fallback } = terms;
  const due = roundInstant(draw);
  if (!fallback || !due) return conflict('The commitment names no numbers that could decide this contest.');
  const from = new Date(due.getTime() + fallback.afterSeconds * 1000);
  if (now >= from) return null;
  return conflict(`The beacon decides. Only if it cannot be reached until ${from.toISOString()}, numbers may.`);
}

function assertAsMany({ terms }: StoredDraw, numbers: readonly string[][]): void {
  const named = terms.source.kind === 'numbers' ? terms.source.numbers : (terms.fallback?.numbers ?? []);
  if (named.length === numbers.length) return;
  throw new LaurelProblem('validation_failed', 'Give one list of numbers for each source the commitment names.', {
    errors: [{ pointer: '#/numbers', detail: `must be ${named.length} lists: ${named.join('; ')}` }],
  });
}

/**
 * Takes the public numbers that decide a frozen contest; the keeper then draws.
 * @throws LaurelProblem contest_not_found, not_frozen_yet, draw_state_conflict, validation_failed
 */
export async function setNumbers(
  { contest: reference, numbers }: Parsed<typeof contract.draws.setNumbers>,
  context: Context,
  channel: string,
): Promise<ContestRow> {
  return context.transaction(async ({ database }) => {
    const contest = await findContest(database, reference, context);
    const draw = await readDraw(database, contest.id);
    if (!draw) throw new LaurelProblem('not_frozen_yet', 'Numbers can be given once the entries are frozen.');
    const problem = refusal(contest, draw, await factsOf(database, contest.id, context.now));
    if (problem) throw problem;
    assertAsMany(draw, numbers);
    const [written] = await database.query(writeStatement(database.schema), [contest.id, JSON.stringify(numbers)]);
    if (!written) throw conflict('The contest was decided or closed just now.');
    await hint(database, channel, { contests: [contest.id] });
    return contest;
  });
}

async function factsOf({ query, schema }: Database, contestId: string, now: Date | null) {
  const [facts] = await query<{ now: Date; tied: boolean }>(factsStatement(schema), [contestId, now]);
  if (!facts) throw new Error('The database answered nothing.');
  return facts;
}
