import type { Database } from '../db/database.ts';
import { asId, type Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { knownCode } from './code.ts';

/** Where a code leads: its programme, and who has it, `null` for a code nobody has. */
export type CodeTarget = Row<'program'> & { referrer_id: string | null };

/**
 * Parameters: code, programme asked for or null, the same as an id or null. The programme is the one asked for, else that of
 * the code, else the oldest that is not archived: one statement, whatever is found.
 */
const statement = (schema: string) => `with known as (${knownCode(schema, '$1')}),
meant as (
  select id from ${schema}.program where slug = $2 or id = $3
  union all
  (select coalesce(
    (select program_id from known),
    (select id from ${schema}.program order by archived_at is not null, created_at, id limit 1)
  ) where $2::text is null)
)
select program.*, known.participant_id as referrer_id
from ${schema}.program left join known on known.program_id = program.id
where program.id in (select id from meant)`;

/**
 * Finds where a code leads. A code nobody has leads somewhere as well: whether somebody has it is not for everybody to know.
 * @throws LaurelProblem program_not_found
 */
export async function codeTarget(database: Database, code: string, program: string | undefined): Promise<CodeTarget> {
  const [target] = await database.query<CodeTarget>(statement(database.schema), [
    code,
    program ?? null,
    program === undefined ? null : asId(program),
  ]);
  if (!target) throw new LaurelProblem('program_not_found', 'There is no such programme.');
  return target;
}
