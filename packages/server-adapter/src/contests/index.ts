import { ContestSettings } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { hint } from '../bus.ts';
import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { findContest, findProgram, selectContests } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf, isHost } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { visibleContest } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { contestAnswer } from './answer.ts';
import { changeRefused } from './change.ts';
import { assertWorks } from './fault.ts';
import { assertCounted, lockContest } from './lock.ts';
import { moves } from './moves.ts';
import { contestRules } from './rules.ts';
import { keepRules, renewRules } from './rules-versions.ts';
import { changedSettings } from './settings.ts';
import { writeStarts } from './start.ts';
import { readSteps, writeStep } from './step.ts';

/** What the contests need of the house. */
export interface ContestServices {
  channel: string;
  /** Hears at once what other nodes hear by the channel: a contest, by slug or id, is not what it was. */
  onChange(reference: string): void;
}

/** Contests: create, read, change, and what became of them. */
export function contests(services: ContestServices): Handlers<'contests'> {
  const { channel, onChange } = services;
  return {
    ...moves(services),
    ...contestRules,

    create: async (input, context) => {
      const program = await findProgram(context.database, input.program);
      await assertZone(context.database, input.timeZone);
      const settings = changedSettings(z.parse(ContestSettings, {}), input);
      assertWorks({ ...settings, period: input.period });
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
            settings: JSON.stringify(settings),
          })
          .onConflict((conflict) => conflict.column('slug').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!created) throw new LaurelProblem('slug_taken', `There is a contest "${input.slug}" already.`);
        const step = { contestId: id, from: null, to: input.state, actor: actorOf(context.caller) };
        await writeStep(database, step, context.now);
        const contest = await findContest(database, id, context);
        if (input.state !== 'draft') await keepRules(database, contest, context.now);
        await emit('contest.created', { contest: id, program: program.id });
        await hint(database, channel, { contests: [input.slug] });
        return contestAnswer(contest, context.caller);
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
        const contest = await lockContest(database, reference, context);
        const { id, program_id, phase } = contest;
        const refusal = changeRefused(contest, input);
        if (refusal) throw refusal;
        const settings = changedSettings(contest.settings, input);
        assertWorks({ ...settings, period: input.period ?? contest.period });
        if (input.state === 'closed' && contest.state !== 'frozen') {
          await assertCounted(database, contest);
          await writeStarts(database, id, context.now, channel);
        }
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
            settings: JSON.stringify(settings),
            updated_at: instantOf(context),
          })
          .where('id', '=', id)
          .execute();
        if (input.state !== undefined && input.state !== phase) {
          const step = { contestId: id, from: phase, to: input.state, actor: actorOf(context.caller) };
          await writeStep(database, step, context.now);
        }
        await renewRules(database, contest, await findContest(database, id, context), context.now);
        await emit('contest.updated', { contest: id, program: program_id });
        if (input.state === 'closed') await emit('contest.closed', { contest: id, program: program_id });
        await hint(database, channel, { contests: [id] });
        context.afterCommit(async () => onChange(id));
        return contestAnswer(await findContest(database, id, context), context.caller);
      });
    },

    history: async ({ contest: reference }, context) => {
      const contest = await visibleContest(reference, context);
      return { items: await readSteps(context.database, contest.id, isHost(context.caller)) };
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
