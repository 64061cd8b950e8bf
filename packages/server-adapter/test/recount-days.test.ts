import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStorage } from '../src/db/postgres.ts';
import { recountDays } from '../src/progress/recount-days.ts';
import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, onSight, seedCourse, seedEnrolments } from './learning.ts';
import { databaseUrl, eventually, inHostTransaction, sql, testLaurel } from './support.ts';

const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'days' }) : null;
afterAll(() => pool?.end());

// Embedded there is one transaction at a time.
describe.runIf(pool)('learning days made anew', () => {
  let laurel: TestLaurel;
  beforeAll(async () => {
    laurel = await testLaurel();
  });

  it('lose none that is told meanwhile', async () => {
    const course = await seedCourse(laurel, [lesson('a', null, onSight), lesson('b', null, onSight)]);
    await seedEnrolments(laurel, course, ['ada']);
    // Of no event, until one comes.
    await sql(
      laurel,
      `insert into $schema.learning_day (participant_id, day, first_at, last_at)
       select id, '2026-03-01', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z' from $schema.participant`,
    );
    const occurredAt = new Date(Date.now() - 86_400_000).toISOString();
    await sql(laurel, `update $schema.learning_day set day = $1::date`, [occurredAt.slice(0, 10)]);
    const rebuild = () => recountDays(postgresStorage(pool as pg.Pool), `"${laurel.schema}"`, true);
    let rebuilt: ReturnType<typeof rebuild> | undefined;
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).progress.record({
        ...{ course: course.slug, participant: 'ada', events: [happening('a', 'viewed', { occurredAt })] },
      });
      rebuilt = rebuild();
      const waiting = () =>
        sql(laurel, `select from pg_stat_activity where application_name = 'days' and wait_event_type = 'Lock'`);
      expect(await eventually(waiting, (rows) => rows.length === 1)).toHaveLength(1);
    });
    expect(await rebuilt).toHaveLength(1);
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
    expect(await sql(laurel, 'select from $schema.learning_day')).toHaveLength(1);
  });
});
