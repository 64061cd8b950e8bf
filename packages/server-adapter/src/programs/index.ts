import type { Program } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import { instantOf } from '../clock.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { programMe } from './me.ts';

/** Referral programmes: create, read, change, and the caller's own numbers. */
export function programs(): Handlers<'programs'> {
  return {
    create: async (input, context) =>
      context.transaction(async ({ database, emit }) => {
        const row = await database.kysely
          .insertInto('program')
          .values({
            id: uuidv7(),
            slug: input.slug,
            name: input.name,
            headline: input.headline,
            landing_url: input.landingUrl,
            landing_origins: input.landingOrigins,
            ...attributionColumns(input.attribution),
            url_parameters: input.urlParameters,
          })
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

    get: async ({ program }, { database }) => programAnswer(await findProgram(database, program)),

    update: async ({ program, ...input }, context) =>
      context.transaction(async ({ database, emit }) => {
        const { id } = await findProgram(database, program);
        const now = instantOf(context);
        const row = await database.kysely
          .updateTable('program')
          .set({
            ...(input.name !== undefined && { name: input.name }),
            ...(input.headline !== undefined && { headline: input.headline }),
            ...(input.landingUrl !== undefined && { landing_url: input.landingUrl }),
            ...(input.landingOrigins !== undefined && { landing_origins: input.landingOrigins }),
            ...(input.attribution !== undefined && attributionColumns(input.attribution)),
            ...(input.urlParameters !== undefined && { url_parameters: input.urlParameters }),
            ...(input.archived !== undefined && { archived_at: input.archived ? now : null }),
            updated_at: now,
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        await emit('program.updated', { program: id });
        return programAnswer(row);
      }),

    me: programMe,
  };
}

interface AttributionInput {
  model?: 'first' | 'last' | undefined;
  windowDays?: number | undefined;
  creditWindowDays?: number | null | undefined;
}

const attributionColumns = <Given extends AttributionInput>({ model, windowDays, creditWindowDays }: Given) =>
  ({
    ...(model !== undefined && { attribution_model: model }),
    ...(windowDays !== undefined && { window_days: windowDays }),
    ...(creditWindowDays !== undefined && { credit_window_days: creditWindowDays }),
  }) as { attribution_model: 'first' | 'last'; window_days: number; credit_window_days: number | null };

function programAnswer(row: Row<'program'>): z.output<typeof Program> {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    headline: row.headline,
    landingUrl: row.landing_url,
    landingOrigins: row.landing_origins,
    attribution: {
      model: row.attribution_model,
      windowDays: row.window_days,
      creditWindowDays: row.credit_window_days,
    },
    urlParameters: row.url_parameters,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
