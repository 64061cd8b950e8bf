import { expect, it } from 'vitest';
import { eventually, sql, storageName, testLaurel } from './support.ts';
import { schemaBefore } from './test-storage.ts';

it(`who joined a waitlist before places were kept stands where they stood, or behind those (${storageName})`, async () => {
  const old = await schemaBefore('places in line');
  await sql(
    old,
    `insert into $schema.program (id, slug, name, landing_url, landing_origins, attribution_model, window_days, url_parameters)
     values (gen_random_uuid(), 'friends', 'Friends', 'https://shop.example/', '{}', 'last', 30, '{ref}')`,
  );
  await sql(
    old,
    `insert into $schema.contest (id, program_id, slug, name, state, starts_at, ends_at, time_zone, period, scoring, hide_until_end, seq)
     select gen_random_uuid(), id, 'line', 'Line', 'scheduled', now() - interval '1 day', now() + interval '1 day', 'UTC', 'contest',
       '[]', false, 1
     from $schema.program`,
  );
  await sql(old, `update $schema.contest set settings = settings || '{"kind":"waitlist"}'`);
  await sql(
    old,
    `insert into $schema.participant (id, external_id, display_name) values
       (gen_random_uuid(), 'placed', 'Placed'), (gen_random_uuid(), 'waiting', 'Waiting')`,
  );
  await sql(
    old,
    `insert into $schema.contest_entrant (contest_id, participant_id, rules_version, age_confirmed, show_name, joined_at)
     select contest.id, participant.id, 1, false, false, now() - interval '2 days' from $schema.contest, $schema.participant`,
  );
  for (const into of [
    `ledger (contest_id, participant_id, seq, points, cause, occurred_at)
     select contest.id, participant.id, 1, 1, 'joined:' || participant.id, now()`,
    `standing (contest_id, period_start, participant_id, score, seq) select contest.id, '-infinity', participant.id, 1, 1`,
  ]) {
    await sql(
      old,
      `insert into $schema.${into} from $schema.contest, $schema.participant where participant.external_id = 'placed'`,
    );
  }
  const laurel = await testLaurel(old);
  const inLine = () =>
    sql<{ name: string }>(
      laurel,
      `select external_id as name from $schema.ledger join $schema.participant on participant.id = participant_id order by seq`,
    );
  const line = await eventually(inLine, ({ length }) => length === 2);
  expect(line.map(({ name }) => name)).toEqual(['placed', 'waiting']);
  expect(await laurel.recount()).toEqual([]);
});
