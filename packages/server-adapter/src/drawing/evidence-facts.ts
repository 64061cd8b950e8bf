import type { DisqualificationLink, Evidence } from '@laurelkit/sdk/draws';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { Caller } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { commitmentAnswer } from './answer.ts';
import { readCommitments, readDraw, type StoredDraw } from './stored.ts';

/** The evidence of a drawn contest but its lists of entries and their order, which may be long. */
export type EvidenceFacts = Omit<Evidence, 'entries' | 'order'>;

/** Parameter: contest. */
const disqualificationsStatement = (schema: string) => `
select number, entry_id as "entryId", reason, created_at as at, previous_hash as "previousHash", hash
from ${schema}.contest_disqualification where contest_id = $1 order by number`;

/** Parameter: contest. */
const winnersStatement = (schema: string) => `
select number, place, contest.settings #>> array['prizes', prize::text, 'name'] as prize, entry_id as "entryId",
  contest_winner.state
from ${schema}.contest_winner join ${schema}.contest on contest.id = contest_id
where contest_id = $1 order by number`;

/** Whether somebody may see how a contest came out. */
export const maySeeResults = (draw: StoredDraw | null, { kind }: Pick<Caller, 'kind'>): draw is StoredDraw =>
  draw !== null && draw.drawnAt !== null && (draw.publishedAt !== null || kind === 'secret' || kind === 'staff');

function randomnessOf({ signature, numbers, randomness, round }: StoredDraw): Evidence['randomness'] {
  if (randomness === null) return null;
  if (numbers) return { kind: 'numbers', numbers, randomness };
  return { kind: 'drand', round: round ?? 0, signature: signature ?? '', randomness };
}

/**
 * Everything of the evidence that is short.
 * @throws LaurelProblem not_drawn_yet
 */
export async function evidenceFacts(
  database: Database,
  contest: ContestRow,
  caller: Pick<Caller, 'kind'>,
): Promise<EvidenceFacts> {
  const draw = await readDraw(database, contest.id);
  if (!maySeeResults(draw, caller)) {
    throw new LaurelProblem('not_drawn_yet', 'There is evidence once the contest is drawn and its results are public.');
  }
  const { query, schema } = database;
  type Link = Omit<DisqualificationLink, 'at'> & { at: Date };
  const disqualifications = await query<Link>(disqualificationsStatement(schema), [contest.id]);
  const winners = await query<Evidence['winners'][number]>(winnersStatement(schema), [contest.id]);
  const { kind, tiePolicy, name, receiptKey } = draw.terms;
  return {
    format: 'laurel-evidence-1',
    contest: { id: contest.id, name, kind, tiePolicy },
    commitments: (await readCommitments(database, contest.id)).map(commitmentAnswer),
    freeze: {
      ...{ frozenAt: draw.frozenAt.toISOString(), seq: draw.seq, root: draw.root, round: draw.round },
      ...(draw.ledgerHash !== null && { ledgerHash: draw.ledgerHash }),
    },
    randomness: randomnessOf(draw),
    disqualifications: disqualifications.map(({ at, ...link }) => ({ ...link, at: at.toISOString() })),
    winners,
    receiptKey,
  };
}
