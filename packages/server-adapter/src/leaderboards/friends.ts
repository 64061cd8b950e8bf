import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { callerOrNamed } from '../http/subject.ts';
import { shownNames } from '../shown-names.ts';
import { readAmong } from './among.ts';
import type { BoardReader } from './board.ts';
import { badgeOf, publicRow } from './face.ts';
import type { HeldBoards } from './held-boards.ts';
import { byStanding, rankStretch } from './rank.ts';

/** The participant, and of those who invited them or whom they invited the best. */
const mostFriends = 200;

const statement = (schema: string) => `
with edge as (
  select referrer_id, referee_id from ${schema}.referral join ${schema}.contest on contest.id = $1
  where referral.program_id = contest.program_id and (referee_id = $2 or referrer_id = $2) and referral.state <> 'rejected'
),
friend as (
  select $2::uuid as id union select referrer_id from edge union select referee_id from edge
)
select friend.id from friend
left join ${schema}.standing on contest_id = $1 and period_start = '-infinity' and participant_id = friend.id
order by friend.id = $2 desc, greatest(coalesce(score, 0), 0) desc, seq, friend.id limit ${mostFriends}`;

async function friendsOf({ query, schema }: Database, contestId: string, participantId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(statement(schema), [contestId, participantId], 'laurel_board_friends');
  return rows.map(({ id }) => id);
}

/** The caller among those who invited them or whom they invited; `key` makes the ids of rows. */
export const friendsBoard =
  (reader: BoardReader, held: HeldBoards, key: Buffer): Handlers<'leaderboards'>['friends'] =>
  async ({ contest: reference, participant }, context) => {
    const contest = await reader.contest(reference, context);
    const self = await callerOrNamed(context, participant);
    const { database } = context;
    const hidden = isHiddenFrom(context.caller, contest);
    const friends = hidden ? [] : await friendsOf(database, contest.id, self);
    const { seq, participants, scores } = await readAmong(held, context, contest, friends);
    const names = await shownNames(database, key, contest, friends, self);
    const entries = scores.map((each) => {
      const badge = badgeOf(key, contest.id, each.participantId);
      const shown = names.get(each.participantId);
      return { ...each, id: badge.id, name: shown?.name ?? badge.guest, avatarUrl: shown?.avatarUrl ?? null };
    });
    return {
      startsAt: contest.starts_at.toISOString(),
      endsAt: contest.ends_at.toISOString(),
      state: contest.phase,
      seq,
      participants,
      hidden,
      items: ranked(entries).map((row) => ({
        ...publicRow(row, row),
        overall: row.overall,
        self: row.participantId === self,
      })),
    };
  };

/** Ranks rows among themselves, those without points last, in an order that says nothing about them. */
function ranked<Row extends { id: string; score: number; seq: number }>(rows: readonly Row[]) {
  const tied = new Map<number, number>();
  for (const { score } of rows) tied.set(score, (tied.get(score) ?? 0) + 1);
  const sorted = rows
    .map((row) => ({ ...row, sameScore: tied.get(row.score) ?? 0 }))
    .sort((a, b) => byStanding(a, b) || (a.id < b.id ? -1 : 1));
  return rankStretch(sorted, { higher: 0, higherScores: 0, tiedBefore: 0 });
}
