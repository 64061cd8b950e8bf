import { routes } from '@laurelkit/sdk/contract';
import type { TestLaurel } from '../src/testing.ts';
import { openJoining } from './mailbox.ts';
import type { Sample } from './samples.ts';
import { boardSamples } from './samples-boards.ts';
import { courseFileSamples } from './samples-course-files.ts';
import { drawSamples, undecided } from './samples-draws.ts';
import { entrySamples } from './samples-entries.ts';
import { teamSamples } from './samples-teams.ts';
import { winnerSamples } from './samples-winners.ts';
import { sql } from './support.ts';
import type { World } from './values.ts';

/** Settings that go together whatever is chosen of them. */
const settings: World = {
  kind: ['leaderboard', 'raffle'],
  prizes: [[], [{ name: 'Cup' }]],
  actions: [[], [{ id: 'back', kind: 'daily', title: 'Come back', points: 1 }]],
  mostEntries: [null, 10],
  eligibility: [{}, { minimumAge: 18 }],
  draw: [{}, { source: 'numbers', numbers: ['Lotto'] }],
  teamSize: [null, 3],
  league: [null],
  instantWin: [null],
  claim: [null, {}],
  rules: [{}, { sponsor: 'The shop' }],
};

const running: World = { contest: ['spring'] };

/** What samples call `new` must be another one each time. */
const valuesOf = (given: unknown): readonly unknown[] =>
  given === 'new' ? Array.from({ length: 200 }, (_, index) => `new-${index + 1}`) : [given];

/** The values by field name that the request of a sample is made of. */
function worldOf(operation: string, { path, body = {} }: Sample): World {
  const [resource = '', name = ''] = operation.split('.');
  const template = (routes as Record<string, Record<string, string>>)[resource]?.[name]?.split(' ')[1] ?? '';
  const url = new URL(path, 'https://shop.example');
  const fields = [...template.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field);
  const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`);
  const given = pattern.exec(url.pathname)?.slice(1) ?? [];
  const entries = [
    ...fields.map((field, index) => [field, given[index]] as const),
    ...url.searchParams,
    ...Object.entries(body),
  ];
  return Object.fromEntries(entries.map(([field, value]) => [field, valuesOf(value)]));
}

/**
 * Makes contests of every kind and state that an operation needs after `seed`; answers by operation the values with which it
 * can succeed.
 */
export async function contestWorlds(laurel: TestLaurel): Promise<Record<string, World>> {
  const samples = {
    ...(await entrySamples(laurel)),
    ...(await teamSamples(laurel)),
    ...(await boardSamples(laurel)),
    ...(await winnerSamples(laurel)),
    ...(await drawSamples(laurel)),
    ...(await courseFileSamples(laurel)),
  };
  const worlds = Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, worldOf(name, sample)]));
  return {
    ...worlds,
    // Whoever changes what the rules say makes another version.
    'entries.join': { ...worlds['entries.join'], rulesVersion: [1, 2, 3, 4, 5] },
    'contests.create': settings,
    'contests.update': { ...settings, contest: ['secret'] },
    'contests.pause': running,
    'contests.resume': running,
    'contests.extend': { ...running, endsAt: ['2031-01-01T00:00:00Z'] },
    'points.award': running,
  };
}

/** The values of both; of a field in both all, so that operations meet contests which are not made for them, too. */
export const joined = (one: World, other: World = {}): World => {
  const both = Object.entries(other).map(([field, values]) => [field, [...values, ...(one[field] ?? [])]] as const);
  return { ...one, ...Object.fromEntries(both) };
};

/** Undoes what keeps an operation from succeeding again, whatever was paused, left, claimed or decided before. */
export async function reopen(laurel: TestLaurel, operation: string): Promise<void> {
  await laurel.api.programs.update({ program: 'friends', archived: false });
  await openJoining(laurel);
  const state = operation === 'contests.resume' ? 'paused' : 'scheduled';
  await sql(laurel, `update $schema.contest set state = 'scheduled' where state = 'paused'`);
  await sql(
    laurel,
    `update $schema.contest set state = $1, ends_at = now() + interval '30 days' where slug = 'spring'`,
    [state],
  );
  await sql(
    laurel,
    `delete from $schema.contest_team_member where contest_id in
       (select id from $schema.contest where slug in ('founding', 'joining'))
       and participant_id = (select id from $schema.participant where external_id = 'ada')`,
  );
  await sql(
    laurel,
    `insert into $schema.contest_team_member (contest_id, participant_id, team_id, joined_at)
     select contest.id, participant.id, contest_team.id, now()
     from $schema.contest join $schema.contest_team on contest_team.contest_id = contest.id, $schema.participant
     where slug = 'leaving' and external_id = 'ada' order by contest_team.id limit 1
     on conflict do nothing`,
  );
  await sql(
    laurel,
    `update $schema.contest_winner set state = 'selected', claim = null, claimed_at = null, claim_by = null
     where contest_id = (select id from $schema.contest where slug = 'won')`,
  );
  await sql(laurel, undecided);
}
