import { unseal } from '../access/seal.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { visibleContest } from '../http/subject.ts';
import { actionOf } from './contest-action.ts';
import type { EntryTools } from './services.ts';

/** Where what was written into a form is kept: it opens nowhere else. */
export const formPlace = (contestId: string, action: string, participantId: string) =>
  `contest_action_done:${contestId}:${action}:${participantId}`;

/** Parameters: contest, action, the participant a page ended with or null, how many. */
const statement = (schema: string) => `
select done.participant_id, participant.external_id, done.detail, done.done_at
from ${schema}.contest_action_done done join ${schema}.participant on participant.id = done.participant_id
where done.contest_id = $1 and done.action = $2 and done.detail is not null
  and ($3::uuid is null or (done.done_at, done.participant_id) < (
    select done_at, participant_id from ${schema}.contest_action_done
    where contest_id = $1 and action = $2 and participant_id = $3 and part = ''))
order by done.done_at desc, done.participant_id desc limit $4`;

interface Written {
  participant_id: string;
  external_id: string;
  detail: string;
  done_at: Date;
}

/** What participants wrote into a form, newest first. */
export const submissions =
  ({ formKey }: EntryTools): Handlers<'entries'>['submissions'] =>
  async (input, context) => {
    const { query, schema } = context.reads;
    const contest = await visibleContest(input.contest, context);
    const action = actionOf(contest, input.action, 'form');
    const after = input.cursor === undefined ? null : readCursor(input.cursor, ['id'])[0];
    const rows = await query<Written>(statement(schema), [contest.id, action.id, after, input.limit + 1]);
    const items = rows.slice(0, input.limit).map((row) => ({
      participant: row.participant_id,
      externalId: row.external_id,
      action: action.id,
      values: JSON.parse(unseal(formKey, row.detail, formPlace(contest.id, action.id, row.participant_id))),
      at: row.done_at.toISOString(),
    }));
    const last = items.at(-1)?.participant ?? '';
    return { items, nextCursor: rows.length > input.limit ? writeCursor([last]) : null };
  };
