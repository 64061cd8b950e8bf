import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';

const day = 86_400_000;

/** Requests for each operation of teams and cohorts after `seed`, with `ada` as the participant who asks. */
export async function teamSamples({ api, fetch }: TestLaurel): Promise<Record<string, Sample>> {
  const when = {
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day).toISOString(),
  };
  const tokenOf = async (participant: string) => (await api.participants.createToken({ participant })).token;

  /** A contest with a team of one participant; answers how to join it. */
  const withTeamOf = async (slug: string, participant: string) => {
    await api.contests.create({ program: 'friends', slug, name: slug, teamSize: 3, ...when });
    const response = await fetch(
      new Request(`https://shop.example/api/contests/${slug}/teams`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await tokenOf(participant)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Foxes' }),
      }),
    );
    return ((await response.json()) as { inviteCode: string }).inviteCode;
  };

  await withTeamOf('founding', 'bob');
  const inviteCode = await withTeamOf('joining', 'bob');
  await withTeamOf('leaving', 'ada');
  await api.contests.create({
    ...{ program: 'friends', slug: 'league', name: 'League', kind: 'league', period: 'week', league: {}, ...when },
  });
  return {
    'teams.create': { path: '/contests/founding/teams', body: { name: 'new' } },
    'teams.join': { path: '/contests/joining/teams/join', body: { inviteCode } },
    'teams.leave': { path: '/contests/leaving/teams/leave' },
    'teams.mine': { path: '/contests/leaving/teams/mine' },
    'leaderboards.teams': { path: '/contests/joining/leaderboard/teams' },
    'leaderboards.cohort': { path: '/contests/league/leaderboard/cohort?participant=ada' },
  };
}
