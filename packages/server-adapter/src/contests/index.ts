import { type Contest, ContestSettings } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { hint } from '../bus.ts';
import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { type ContestRow, findContest, findProgram, selectContests } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import type { Caller } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { visibleContest } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { changeRefused } from './change.ts';
import { changedSettings, isHost, visibleSettings } from './settings.ts';

/** What the contests need of the house. */
export interface ContestServices {
  channel: string;
  /** Hears at once what other nodes hear by the channel: a contest, by slug or id, is not what it was. */
  onChange(reference: string): void;
}

/** Contests: create, read, change. */
export function contests({
  channel,
  onChange,
}: ContestServices): Pick<Handlers<'contests'>, 'create' | 'list' | 'get' | 'update'> {
  return {
    create: async (input, context) => {
      const program = await findProgram(context.database, input.program);
      await assertZone(context.database, input.timeZone);
      context.afterCommit(async () => onChange(input.slug));
      return context.transaction(async ({ database, emit }) => {
        const id = uuidv7();
        const created = await database.kysely
          .insertInto('contest')
          .values({
            id,
            program_id: program.id,
            slug: input.slug,
            name: input.name,
            description: input.description,
            state: input.state,
            starts_at: new Date(input.startsAt),
            ends_at: new Date(input.endsAt),
            time_zone: input.timeZone,
            period: input.period,
            scoring: JSON.stringify(input.scoring),
            hide_until_end: input.hideUntilEnd,
            settings: JSON.stringify(changedSettings(z.parse(ContestSettings, {}), input)),
          })
          .onConflict((conflict) => conflict.column('slug').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!created) throw new LaurelProblem('slug_taken', `There is a contest "${input.slug}" already.`);
        await emit('contest.created', { contest: id, program: program.id });
        await hint(database, channel, { contests: [input.slug] });
        return contestAnswer(await findContest(database, id, context), context.caller);
      });
    },

    list: async ({ limit, cursor, program }, context) => {
      const before = cursor === undefined ? undefined : readCursor(cursor, ['id']);
      const programId = program === undefined ? undefined : (await findProgram(context.database, program)).id;
      const rows = await selectContests(context.reads, context)
        .$if(!isHost(context.caller), (query) => query.where('contest.state', '<>', 'draft'))
        .$if(programId !== undefined, (query) => query.where('contest.program_id', '=', String(programId)))
        .$if(before !== undefined, (query) => query.where('contest.id', '<', String(before?.[0])))
        .orderBy('contest.id', 'desc')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map((row) => contestAnswer(row, context.caller));
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ contest }, context) => contestAnswer(await visibleContest(contest, context), context.caller),

    update: async ({ contest: reference, ...input }, context) => {
      if (input.timeZone !== undefined) await assertZone(context.database, input.timeZone);
      return context.transaction(async ({ database, emit }) => {
        const contest = await findContest(database, reference, context);
        const refusal = changeRefused(contest, input);
        if (refusal) throw refusal;
        await database.kysely
          .updateTable('contest')
          .set({
            ...(input.name !== undefined && { name: input.name }),
            ...(input.description !== undefined && { description: input.description }),
            ...(input.state !== undefined && { state: input.state }),
            ...(input.startsAt !== undefined && { starts_at: new Date(input.startsAt) }),
            ...(input.endsAt !== undefined && { ends_at: new Date(input.endsAt) }),
            ...(input.timeZone !== undefined && { time_zone: input.timeZone }),
            ...(input.period !== undefined && { period: input.period }),
            ...(input.scoring !== undefined && { scoring: JSON.stringify(input.scoring) }),
            ...(input.hideUntilEnd !== undefined && { hide_until_end: input.hideUntilEnd }),
            settings: JSON.stringify(changedSettings(contest.settings, input)),
            updated_at: instantOf(context),
          })
          .where('id', '=', contest.id)
          .execute();
        await emit('contest.updated', { contest: contest.id, program: contest.program_id });
        await hint(database, channel, { contests: [contest.id] });
        context.afterCommit(async () => onChange(contest.id));
        return contestAnswer(await findContest(database, contest.id, context), context.caller);
      });
    },
  };
}

/** PostgreSQL's list of zones and the runtime's are two: a zone must be on both. */
async function assertZone(database: Database, timeZone: string): Promise<void> {
  const [known] = await database.query('select from pg_timezone_names where lower(name) = lower($1)', [timeZone]);
  if (known) return;
  throw new LaurelProblem('validation_failed', 'The database does not know this time zone.', {
    errors: [{ pointer: '#/timeZone', detail: 'must be an IANA time zone such as Europe/Lisbon' }],
  });
}

function contestAnswer(row: ContestRow, caller: Caller): z.output<typeof Contest> {
  return {
    id: row.id,
    slug: row.slug,
    program: row.program,
    name: row.name,
    description: row.description,
    state: row.phase,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    timeZone: row.time_zone,
    period: row.period,
    scoring: row.scoring,
    hideUntilEnd: row.hide_until_end,
    ...visibleSettings(row.settings, caller),
    rulesVersion: row.rules_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
