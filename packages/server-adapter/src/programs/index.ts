import type { Insertable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Seeing } from '../attribution/seen.ts';
import { instantOf } from '../clock.ts';
import { findProgram, holdProgram } from '../db/references.ts';
import type { Tables } from '../db/tables.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { columnsOf, programAnswer, publicProgram } from './columns.ts';
import { programMe } from './me.ts';
import { programNumbers } from './numbers.ts';
import { programSeries } from './series.ts';
import { assertWorkable } from './workable.ts';

/** What programmes need of the house. */
export interface ProgramServices {
  seeing: Seeing;
  /** Where the public reaches Laurel, if the host's configuration says so. */
  publicUrl: string | undefined;
}

/** Referral programmes: create, read, change, and their numbers. */
export function programs({ seeing, publicUrl }: ProgramServices): Handlers<'programs'> {
  return {
    create: async (input, context) =>
      context.transaction(async ({ database, emit }) => {
        const columns = columnsOf(input);
        assertWorkable(columns, publicUrl);
        const row = await database.kysely
          .insertInto('program')
          .values({
            id: uuidv7(),
            slug: input.slug,
            ...columns,
          } as Insertable<Tables['program']>)
          .onConflict((conflict) => conflict.column('slug').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!row) throw new LaurelProblem('slug_taken', `There is a programme "${input.slug}" already.`);
        await emit('program.created', { program: row.id });
        return programAnswer(row);
      }),

    list: async ({ limit, cursor }, { reads }) => {
      const before = cursor === undefined ? undefined : readCursor(cursor, ['id']);
      const rows = await reads.kysely
        .selectFrom('program')
        .selectAll()
        .$if(before !== undefined, (query) => query.where('id', '<', String(before?.[0])))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map(programAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ program }, { database, caller }) => {
      const answer = programAnswer(await findProgram(database, program));
      return caller.kind === 'secret' || caller.kind === 'staff' ? answer : publicProgram(answer);
    },

    update: async ({ program, ...input }, context) =>
      context.transaction(async ({ database, emit }) => {
        const former = await holdProgram(database, program);
        const { id } = former;
        const columns = columnsOf(input);
        assertWorkable({ ...former, ...columns }, publicUrl);
        const now = instantOf(context);
        const row = await database.kysely
          .updateTable('program')
          .set({
            ...columns,
            ...(input.archived !== undefined && { archived_at: input.archived ? now : null }),
            updated_at: now,
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await emit('program.updated', { program: id });
        return programAnswer(row);
      }),

    me: programMe(seeing),
    numbers: programNumbers,
    series: programSeries,
  };
}
