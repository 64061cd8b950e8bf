import { expect, it } from 'vitest';
import { eventsOf, kept, stepsOf } from './keep.ts';
import { sql, storageName, testLaurel } from './support.ts';
import { schemaBefore } from './test-storage.ts';

it(`contests of before they had steps and rules go on, and none is told as starting (${storageName})`, async () => {
  const old = await schemaBefore('contests');
  await sql(
    old,
    `insert into $schema.program (id, slug, name, landing_url, landing_origins, attribution_model, window_days, url_parameters)
     values (gen_random_uuid(), 'friends', 'Friends', 'https://shop.example/', '{}', 'last', 30, '{ref}')`,
  );
  for (const [slug, state, from, to] of [
    ['draft', 'draft', -1, 1],
    ['soon', 'scheduled', 1, 2],
    ['now', 'scheduled', -1, 1],
    ['done', 'closed', -2, -1],
  ] as const) {
    await sql(
      old,
      `insert into $schema.contest (id, program_id, slug, name, state, starts_at, ends_at, time_zone, period, scoring, hide_until_end)
       select gen_random_uuid(), id, $1, $1, $2, now() + $3::int * interval '1 day', now() + $4::int * interval '1 day', 'UTC',
         'contest', '[{"event":"*","points":1}]', false from $schema.program`,
      [slug, state, from, to],
    );
  }
  const laurel = await testLaurel(old);
  expect(await Promise.all(['draft', 'soon', 'now', 'done'].map((slug) => stepsOf(laurel, slug)))).toEqual([
    ['>draft'],
    ['>scheduled'],
    ['>scheduled', 'scheduled>live'],
    ['>scheduled', 'scheduled>live', 'frozen>closed'],
  ]);
  const rules = () => sql<{ count: number }>(laurel, 'select count(*)::int as count from $schema.contest_rules');
  // All but the draft’s.
  await kept(laurel, async () => (await rules())[0]?.count === 3);
  expect(await eventsOf(laurel, 'contest.started', 'now')).toBe(0);
  expect(await eventsOf(laurel, 'contest.started', 'done')).toBe(0);
  await sql(laurel, `update $schema.contest set starts_at = now() - interval '1 second' where slug = 'soon'`);
  await kept(laurel, async () => (await stepsOf(laurel, 'soon')).includes('scheduled>live'));
  expect(await eventsOf(laurel, 'contest.started', 'soon')).toBe(1);
  expect(await laurel.api.contests.get({ contest: 'now' })).toMatchObject({
    state: 'live',
    kind: 'leaderboard',
    prizes: [],
  });
  expect(await laurel.api.contests.pause({ contest: 'now', note: 'A pause.' })).toMatchObject({ state: 'paused' });
});
