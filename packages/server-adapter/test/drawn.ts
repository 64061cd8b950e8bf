import { deriveKey } from '../src/access/secrets.ts';
import { boardId } from '../src/pseudonym.ts';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

const boardKey = deriveKey('a secret for tests only: 0123456789abcdef', 'board-id');

/** The id of a participant's entry in a contest, both by their ids. */
export const entryIdOf = (contest: string, participant: string) => boardId(boardKey, contest, participant);

/** Somebody in a drawn contest: by our id, the best first. */
export interface Drawn {
  participant: string;
  weight?: number;
  rank?: number;
}

/** The statements that leave a contest as the draw leaves it, with their values; `$schema` stands for the schema. */
export function drawnStatements(contest: string, order: readonly Drawn[]): [string, unknown[]][] {
  const rows = order.map(
    (
      { participant, weight = order.length - order.findIndex((each) => each.participant === participant), rank },
      index,
    ) => ({
      ...{
        entry_id: entryIdOf(contest, participant),
        participant_id: participant,
        weight,
        rank: rank ?? index + 1,
        ordinal: index + 1,
      },
    }),
  );
  const each =
    'jsonb_to_recordset($2::text::jsonb) each(entry_id text, participant_id uuid, weight bigint, rank integer, ordinal integer)';
  const values = [contest, JSON.stringify(rows)];
  return [
    [
      `insert into $schema.contest_draw (contest_id, frozen_at, frozen_seq, root, entries, tickets, drawn_at)
       values ($1, now(), 1, '', jsonb_array_length($2::text::jsonb), 1, now())`,
      values,
    ],
    [
      `insert into $schema.contest_entry (contest_id, entry_id, participant_id, weight, score, seq)
       select $1, entry_id, participant_id, weight, weight, ordinal from ${each}`,
      values,
    ],
    [
      `insert into $schema.contest_order (contest_id, ordinal, rank, entry_id) select $1, ordinal, rank, entry_id from ${each}`,
      values,
    ],
    [`update $schema.contest set state = 'drawn' where id = $1`, [contest]],
  ];
}

/** Has the keeper look at once. */
export const keep = (laurel: Pick<TestLaurel, 'schema'>) =>
  sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":[]}']);

/** Leaves a contest as the draw leaves it, these people in this order. */
export async function draw(laurel: TestLaurel, contest: string, order: readonly Drawn[]): Promise<void> {
  for (const [text, values] of drawnStatements(contest, order)) await sql(laurel, text, values);
  await keep(laurel);
}
