import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { migrate } from '../src/db/migrate.ts';
import { migrations } from '../src/db/migrations/index.ts';
import { pgliteStorage } from '../src/db/pglite.ts';
import { openPool, postgresStorage } from '../src/db/postgres.ts';
import { sharedEmbedded } from './embedded.ts';
import { lesson, seedCourse, seedEnrolments } from './learning.ts';
import { databaseUrl, sql, storageName, testLaurel } from './support.ts';

const storage = databaseUrl
  ? postgresStorage(openPool(databaseUrl), { own: true })
  : pgliteStorage(await sharedEmbedded(), async () => {});
afterAll(() => storage.close());

it(`time that was claimed before it was counted is counted (${storageName})`, async () => {
  const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
  await migrate(
    storage,
    schema,
    migrations.filter(({ name }) => name !== 'claimed time'),
  );
  const old = { schema };
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
  const laurel = await testLaurel({ schema });
  const rows = await sql<{ spent: number }>(laurel, 'select spent_ms::int as spent from $schema.enrolment order by 1');
  expect(rows.map(({ spent }) => spent)).toEqual([0, 40_250]);
});
