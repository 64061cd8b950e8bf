import type { Disqualification } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { findContest, findParticipant, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { visibleContest } from '../http/subject.ts';
import type { KeeperStep } from '../keeper.ts';
import { LaurelProblem } from '../problem.ts';
import { boardId } from '../pseudonym.ts';
import { type WinnerKeys, winnerAnswers, winnerById, winnersAfter } from './answer.ts';
import { claimPrize } from './claim.ts';
import { createExclusionStep, disqualify } from './disqualify.ts';
import { participantOfEntry } from './find-entrant.ts';
import { createLapseStep, lapseWinner } from './lapse.ts';
import type { WinnerNotices } from './notify.ts';
import { createSelectStep } from './select.ts';
import type { WinnerServices } from './services.ts';

/** What the keeper does about winners, in order. Messages are on their way when it goes on: a slow mail server holds nobody up. */
export function winnerSteps(services: WinnerServices, notices: WinnerNotices): KeeperStep[] {
  return [
    createExclusionStep(services),
    createLapseStep(services),
    createSelectStep(services),
    async () => void notices.run().catch(services.onFailure),
  ];
}

/** Winners: who they are, what they claim, and who is taken out. */
export function winners(
  keys: WinnerKeys,
  channel: string,
): Pick<Handlers<'draws'>, 'disqualify' | 'disqualifications' | 'winners' | 'claim' | 'lapse'> {
  return {
    disqualify: async ({ contest: reference, entryId, participant: named, reason }, context) => {
      const { database, now } = context;
      const contest = await findContest(database, reference, context);
      if (contest.state === 'closed') {
        throw new LaurelProblem('contest_closed', 'The contest is closed: nobody can be disqualified any more.');
      }
      const participant =
        named === undefined
          ? await participantOfEntry(database, keys.board, contest.id, entryId ?? '')
          : (await findParticipant(database, named)).id;
      const exclusion = {
        ...{ contest: contest.id, participant, entryId: boardId(keys.board, contest.id, participant) },
        ...{ reason, actor: actorOf(context.caller), now },
      };
      return context.transaction(async (transaction) =>
        disqualificationAnswer(await disqualify(transaction, exclusion, channel)),
      );
    },

    disqualifications: async ({ contest: reference, limit, cursor }, context) => {
      const { query, schema } = context.database;
      const contest = await visibleContest(reference, context);
      const [after] = cursor === undefined ? [0] : readCursor(cursor, ['integer']);
      const rows = await query<Row<'contest_disqualification'>>(
        `select * from ${schema}.contest_disqualification where contest_id = $1 and number > $2::bigint order by number limit $3`,
        [contest.id, after, limit + 1],
      );
      const items = rows.slice(0, limit).map(disqualificationAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.number ?? 0]) : null };
    },

    winners: async ({ contest: reference, limit, cursor }, context) => {
      const contest = await findContest(context.database, reference, context);
      const after = cursor === undefined ? ([0, 0] as const) : readCursor(cursor, ['integer', 'integer']);
      const rows = await winnersAfter(context.database, contest.id, after, limit + 1);
      const page = rows.slice(0, limit);
      const items = await winnerAnswers(context.database, keys, contest, page);
      const last = page.at(-1);
      return { items, nextCursor: rows.length > limit && last ? writeCursor([last.place, last.number]) : null };
    },

    claim: async ({ winner, values }, context) => {
      const { caller, now } = context;
      const participant = caller.kind === 'participant' ? caller.id : '';
      return context.transaction((transaction) =>
        claimPrize(transaction, { winner, participant, values, now }, keys.claim, channel),
      );
    },

    lapse: async ({ winner, reason }, context) =>
      context.transaction(async ({ database }) => {
        await lapseWinner(database, { winner, reason, now: context.now }, channel);
        return lapsedAnswer(winner, context, keys, database);
      }),
  };
}

async function lapsedAnswer(winner: string, context: Context, keys: WinnerKeys, database: Context['database']) {
  const rows = await winnerById(database, winner);
  const [row] = rows;
  if (!row) throw new LaurelProblem('winner_not_found', 'There is no such winner.');
  if (row.state !== 'lapsed') {
    const advice = row.state === 'claimed' ? ' Disqualify them, if they may not have it.' : '';
    throw new LaurelProblem('claim_state_conflict', `The prize is ${row.state}: it cannot lapse any more.${advice}`);
  }
  const [answer] = await winnerAnswers(database, keys, await findContest(database, row.contest_id, context), rows);
  if (!answer) throw new LaurelProblem('winner_not_found', 'There is no such winner.');
  return answer;
}

const disqualificationAnswer = (row: Row<'contest_disqualification'>): z.output<typeof Disqualification> => ({
  number: row.number,
  entryId: row.entry_id,
  reason: row.reason,
  at: row.created_at.toISOString(),
  previousHash: row.previous_hash,
  hash: row.hash,
});
