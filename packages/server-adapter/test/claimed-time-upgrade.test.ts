import { expect, it } from 'vitest';
import { lesson, seedCourse, seedEnrolments } from './learning.ts';
import { sql, storageName, testLaurel } from './support.ts';
import { schemaBefore } from './test-storage.ts';

it(`time that was claimed before it was counted is counted (${storageName})`, async () => {
  const old = await schemaBefore('claimed time');
  const course = await seedCourse(old, [lesson('page')]);
  const [ada] = await seedEnrolments(old, course, ['ada', 'bob']);
  for (const spent of [
    '[2026-03-01 10:00:00,2026-03-01 10:00:30.250)',
    '[2026-03-01 10:00:10,2026-03-01 10:00:20)',
    null,
  ]) {
    await sql(
      old,
      `insert into $schema.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, spent, actor)
       values ($1, gen_random_uuid(), 'page', 'spent', '2026-03-01', '2026-03-01', 'UTC', '2026-03-01', $2, 'test')`,
      [ada, spent],
    );
  }
  const laurel = await testLaurel(old);
  const rows = await sql<{ spent: number }>(laurel, 'select spent_ms::int as spent from $schema.enrolment order by 1');
  expect(rows.map(({ spent }) => spent)).toEqual([0, 40_250]);
});
