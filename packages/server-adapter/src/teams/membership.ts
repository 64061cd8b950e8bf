import { uuidv7 } from 'uuidv7';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import type { ContestOfTeams } from './contest-of-teams.ts';
import { newInviteCode } from './invite-code.ts';

/** Somebody in a contest, at the instant of a call. */
export interface Member {
  contest: ContestOfTeams;
  participantId: string;
  now: Date | null;
}

const insertTeam = (schema: string) => `
insert into ${schema}.contest_team (id, contest_id, name, name_key, invite_code, created_at)
values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()))
on conflict do nothing returning id`;

const nameIsTaken = (schema: string) => `select from ${schema}.contest_team where contest_id = $1 and name_key = $2`;

const lockTeam = (schema: string) => `
select id from ${schema}.contest_team where contest_id = $1 and invite_code = $2 for update`;

const membership = (schema: string) => `
select from ${schema}.contest_team_member where contest_id = $1 and participant_id = $2`;

/** Its own statement after the lock: only so it sees who joined while it waited. */
const insertMember = (schema: string) => `
insert into ${schema}.contest_team_member (contest_id, participant_id, team_id, joined_at)
select $1, $2, $3, coalesce($4::timestamptz, now())
where (select count(*) from ${schema}.contest_team_member where contest_id = $1 and team_id = $3) < $5
on conflict do nothing returning team_id`;

const deleteMember = (schema: string) => `
delete from ${schema}.contest_team_member where contest_id = $1 and participant_id = $2 returning team_id`;

/**
 * Makes a team with its first member. Call it in a transaction.
 * @throws LaurelProblem team_name_taken, already_in_team
 */
export async function foundTeam(database: Database, founder: Member, name: string, key: string): Promise<void> {
  const { query, schema } = database;
  const { contest, now } = founder;
  const id = uuidv7();
  for (;;) {
    const values = [id, contest.id, name, key, newInviteCode(), now];
    const [made] = await query(insertTeam(schema), values);
    if (made) break;
    const [taken] = await query(nameIsTaken(schema), [contest.id, key]);
    if (taken) throw new LaurelProblem('team_name_taken', 'Another team has this name. Choose another one.');
    // Then it was the code: the next one is another.
  }
  await enter(database, founder, id);
}

/**
 * Joins the team with this code. Call it in a transaction.
 * @throws LaurelProblem team_not_found, team_full, already_in_team
 */
export async function joinTeam(database: Database, joiner: Member, inviteCode: string): Promise<void> {
  const [team] = await database.query<{ id: string }>(lockTeam(database.schema), [joiner.contest.id, inviteCode]);
  if (!team) throw new LaurelProblem('team_not_found', 'No team has this invite code. Ask for it again.');
  await enter(database, joiner, team.id);
}

/**
 * Leaves the team. Points are not kept for teams, so they go along.
 * @throws LaurelProblem team_not_found for whoever is in none
 */
export async function leaveTeam({ query, schema }: Database, { contest, participantId }: Member): Promise<void> {
  const [left] = await query(deleteMember(schema), [contest.id, participantId]);
  if (!left) throw new LaurelProblem('team_not_found', 'You are in no team.');
}

/** Whoever calls it holds the team's row: it is locked, or nobody else can see it yet. */
async function enter({ query, schema }: Database, { contest, participantId, now }: Member, teamId: string) {
  const [entered] = await query(insertMember(schema), [contest.id, participantId, teamId, now, contest.teamSize]);
  if (entered) return;
  const [member] = await query(membership(schema), [contest.id, participantId]);
  if (member) throw new LaurelProblem('already_in_team', 'Leave your team first, then join or found another one.');
  throw new LaurelProblem('team_full', `A team has at most ${contest.teamSize} members.`);
}
