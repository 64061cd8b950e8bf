import type { contract, Output } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { Caller } from '../http/caller.ts';
import { pseudonym } from '../pseudonym.ts';
import { shownNames } from '../shown-names.ts';
import { maySeeResults } from './evidence-facts.ts';
import { readDraw } from './stored.ts';

type Results = Output<typeof contract.draws.results>;

/** Parameter: contest. Who holds a place, and before them who lost it. */
const winnersStatement = (schema: string) => `
select place, contest.settings #>> array['prizes', prize::text, 'name'] as prize, entry_id as "entryId",
  participant_id, contest_winner.state
from ${schema}.contest_winner join ${schema}.contest on contest.id = contest_id
where contest_id = $1 order by place, share, number`;

const holdsPlace = ({ state }: Pick<Results['items'][number], 'state'>) => state === 'selected' || state === 'claimed';

/**
 * Who won, by place, under the names that the contest shows, and who lost a place, under a pseudonym whatever they chose to be
 * called; nobody until the results are public.
 */
export async function resultsOf(
  database: Database,
  contest: ContestRow,
  caller: Pick<Caller, 'kind'>,
  boardKey: Buffer,
): Promise<Results> {
  const draw = await readDraw(database, contest.id);
  const answer = { contest: contest.slug, state: contest.phase, published: draw?.publishedAt != null };
  if (!maySeeResults(draw, caller)) return { ...answer, items: [] };
  type Winner = Omit<Results['items'][number], 'name'> & { participant_id: string };
  const winners = await database.query<Winner>(winnersStatement(database.schema), [contest.id]);
  const names = await shownNames(
    database,
    boardKey,
    contest,
    winners.filter(holdsPlace).map(({ participant_id }) => participant_id),
  );
  return {
    ...answer,
    items: winners.map(({ participant_id, ...item }) => ({
      ...item,
      name: (holdsPlace(item) && names.get(participant_id)?.name) || pseudonym(item.entryId),
    })),
  };
}
