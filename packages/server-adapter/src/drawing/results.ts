import type { contract, Output } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { Caller } from '../http/caller.ts';
import { shownNames } from '../shown-names.ts';
import { maySeeResults } from './evidence-facts.ts';
import { readDraw } from './stored.ts';

type Results = Output<typeof contract.draws.results>;

/** Parameter: contest. Those who hold a place: whoever lost theirs is named by the evidence alone, without a name. */
const holdersStatement = (schema: string) => `
select place, contest.settings #>> array['prizes', prize::text, 'name'] as prize, entry_id as "entryId",
  participant_id, contest_winner.state
from ${schema}.contest_winner join ${schema}.contest on contest.id = contest_id
where contest_id = $1 and contest_winner.state in ('selected', 'claimed') order by place, share`;

/** Who won, by place, under the names that the contest shows; nobody until the results are public. */
export async function resultsOf(
  database: Database,
  contest: ContestRow,
  caller: Pick<Caller, 'kind'>,
  boardKey: Buffer,
): Promise<Results> {
  const draw = await readDraw(database, contest.id);
  const answer = { contest: contest.slug, state: contest.phase, published: draw?.publishedAt != null };
  if (!maySeeResults(draw, caller)) return { ...answer, items: [] };
  type Holder = Omit<Results['items'][number], 'name'> & { participant_id: string };
  const holders = await database.query<Holder>(holdersStatement(database.schema), [contest.id]);
  const names = await shownNames(
    database,
    boardKey,
    contest,
    holders.map(({ participant_id }) => participant_id),
  );
  return {
    ...answer,
    items: holders.map(({ participant_id, ...item }) => ({ ...item, name: names.get(participant_id)?.name ?? '' })),
  };
}
