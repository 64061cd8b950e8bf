import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoteSchema } from '../src/db/database.ts';
import { migrate } from '../src/db/migrate.ts';
import { migrations, titleOf } from '../src/db/migrations/index.ts';
import { defaultRetention, dropOldMonths, makeMonths } from '../src/db/months.ts';
import type { Storage } from '../src/db/storage.ts';
import { takeEvents } from '../src/events.ts';
import { databaseUrl, eventually, plainLaurel, seed, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const program = '01a00000-0000-7000-8000-000000000001';
const ada = '01a00000-0000-7000-8000-000000000002';
const bob = '01a00000-0000-7000-8000-000000000003';

/** The first instant of the month `ahead` months after this one, UTC. */
const monthStart = (ahead = 0) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
};
const monthName = (ahead = 0) => monthStart(ahead).toISOString().slice(0, 7).replace('-', '_');
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe(`months (${storageName})`, () => {
  let storage: Storage;
  const schemas: string[] = [];

  beforeAll(async () => {
    storage = await openTestStorage();
  });
  afterAll(async () => {
    for (const schema of schemas) await storage.query(`drop schema "${schema}" cascade`);
    await storage.close();
  });

  /** A schema with the first steps, a programme and its people. */
  const schemaAt = async (steps = migrations.length) => {
    const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
    schemas.push(schema);
    await migrate(storage, schema, migrations.slice(0, steps));
    await storage.query(
      `insert into "${schema}".program (id, slug, name, landing_url, landing_origins, attribution_model, window_days, url_parameters)
       values ($1, 'p', 'P', 'https://x.example', '{}', 'last', 30, '{ref}')`,
      [program],
    );
    await storage.query(`insert into "${schema}".participant (id, external_id) values ($1, 'ada'), ($2, 'bob')`, [
      ada,
      bob,
    ]);
    return schema;
  };
  const click = async (schema: string, at: Date, id = randomUUID()) => {
    await storage.query(
      `insert into "${schema}".click (id, program_id, referrer_id, consent, created_at) values ($1, $2, $3, true, $4)`,
      [id, program, ada, at],
    );
    return id;
  };
  const event = async (schema: string, at: Date, delivered = false) => {
    const [row] = await storage.query<{ id: string }>(
      `insert into "${schema}".event (name, payload, created_at, delivered_at)
       values ('x', '{}', $1, case when $2 then $1::timestamptz end) returning id::text`,
      [at, delivered],
    );
    return Number(row?.id);
  };
  const partitions = async (schema: string, parent: string) =>
    (
      await storage.query<{ name: string }>(
        `select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
         where inhparent = to_regclass($1) order by 1`,
        [`"${schema}".${parent}`],
      )
    ).map(({ name }) => name);
  const where = async (schema: string, table: string) =>
    Object.fromEntries(
      (
        await storage.query<{ id: string; home: string }>(
          `select id::text, pg_class.relname as home from "${schema}".${table} row join pg_class on pg_class.oid = row.tableoid`,
        )
      ).map(({ id, home }) => [id, home]),
    );
  /** In a session far from UTC, which months must not depend on. */
  const makeMonth = (schema: string, parent: string, month: Date) =>
    storage.transaction(async (tx) => {
      await tx.query(`set local time zone 'Pacific/Auckland'`);
      await tx.query(`set local datestyle = 'SQL, DMY'`);
      await tx.query(`select "${schema}".make_month($1, $2::text::date)`, [parent, month.toISOString().slice(0, 10)]);
    });

  it('take over what there was: no row is lost, numbers go on, and old counts are kept', async () => {
    const schema = await schemaAt(1);
    const here = quoteSchema(schema);
    const clicks = [await click(schema, new Date()), await click(schema, monthStart(-14))];
    const kept = [await event(schema, new Date()), await event(schema, monthStart(-1), true)];
    const rolledBack = storage.transaction(async (tx) => {
      await tx.query(`insert into ${here}.event (name, payload) values ('x', '{}')`);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    const referral = randomUUID();
    await storage.query(
      `insert into ${here}.referral (id, program_id, referrer_id, referee_id, click_id, attributed_by) values ($1, $2, $3, $4, $5, 'click')`,
      [referral, program, ada, bob, clicks[1]],
    );
    await storage.query(
      `insert into ${here}.referral_transition (referral_id, to_state, actor, reason) values ($1, 'pending', 'secret', 'click')`,
      [referral],
    );
    await storage.query(
      `insert into ${here}.conversion (id, program_id, participant_id, referral_id, referrer_id, event, idempotency_key, fingerprint)
       values ($1, $2, $3, $4, $5, 'purchase', 'k', 'f')`,
      [randomUUID(), program, bob, referral, ada],
    );

    expect(await migrate(storage, schema)).toEqual(migrations.slice(1).map(titleOf));
    expect(await where(schema, 'click')).toEqual({
      [clicks[0] ?? '']: `click_${monthName()}`,
      [clicks[1] ?? '']: `click_${monthName(-14)}`,
    });
    expect(Object.keys(await where(schema, 'event')).map(Number)).toEqual(kept);
    expect(await event(schema, new Date())).toBe(Math.max(...kept) + 2);
    expect(await storage.query(`select clicks::int from ${here}.click_count`)).toEqual([{ clicks: 2 }]);
    const joined = `select conversion.id from ${here}.conversion join ${here}.referral_transition using (referral_id, program_id)`;
    expect(await storage.query(joined)).toHaveLength(1);
    await expect(storage.query(`update ${here}.click set consent = false`)).rejects.toThrow(/append-only/);
    await expect(storage.query(`update ${here}.referral_transition set reason = 'x'`)).rejects.toThrow(/append-only/);
  });

  it('are made ahead, by two nodes at once, and once only', async () => {
    const schema = await schemaAt();
    const ahead = [0, 1, 2, 3].map((month) => `click_${monthName(month)}`);
    expect(await partitions(schema, 'click')).toEqual([...ahead, 'click_default']);
    await storage.query(`drop table "${schema}".click_${monthName(2)}, "${schema}".event_${monthName(3)}`);
    await Promise.all([makeMonths(storage, schema), makeMonths(storage, schema)]);
    expect(await partitions(schema, 'click')).toEqual([...ahead, 'click_default']);
    expect(await partitions(schema, 'event')).toHaveLength(5);
  });

  it('that come late take their rows from the default partition, the edges of the month among them', async () => {
    const schema = await schemaAt();
    const month = monthStart(-5);
    const inside = [month, new Date(monthStart(-4).getTime() - 1)];
    const outside = [new Date(month.getTime() - 1), monthStart(-4)];
    const ids: string[] = [];
    for (const at of [...inside, ...outside]) ids.push(await click(schema, at));
    expect(new Set(Object.values(await where(schema, 'click')))).toEqual(new Set(['click_default']));
    await makeMonth(schema, 'click', month);
    const homes = await where(schema, 'click');
    const own = `click_${monthName(-5)}`;
    expect(ids.map((id) => homes[id])).toEqual([own, own, 'click_default', 'click_default']);
    await expect(storage.query(`update "${schema}".${own} set consent = false`)).rejects.toThrow(/append-only/);
  });

  it('are dropped when they are old enough, and no sooner', async () => {
    const schema = await schemaAt();
    for (const age of [-1, -2, -3, -25, -26]) {
      await makeMonth(schema, 'click', monthStart(age));
      await makeMonth(schema, 'event', monthStart(age));
    }
    const kept = await click(schema, monthStart(-25));
    await click(schema, new Date(monthStart(-25).getTime() - 1));
    await click(schema, monthStart(-40));
    const keptEvent = await event(schema, monthStart(-2), true);
    await event(schema, new Date(monthStart(-2).getTime() - 1));
    await event(schema, monthStart(-40));
    expect((await dropOldMonths(storage, schema, defaultRetention)).sort()).toEqual(
      [`click_${monthName(-26)}`, ...[-26, -25, -3].map((age) => `event_${monthName(age)}`)].sort(),
    );
    expect(await where(schema, 'click')).toEqual({ [kept]: `click_${monthName(-25)}` });
    expect(Object.keys(await where(schema, 'event')).map(Number)).toEqual([keptEvent]);
    expect(await dropOldMonths(storage, schema, defaultRetention)).toEqual([]);
    const forever = { clickMonths: Number.POSITIVE_INFINITY, eventMonths: Number.POSITIVE_INFINITY };
    await click(schema, monthStart(-90));
    expect(await dropOldMonths(storage, schema, forever)).toEqual([]);
    expect(Object.keys(await where(schema, 'click'))).toHaveLength(2);
  });

  it('stay while an event of theirs may be delivered or a click still counts', async () => {
    const schema = await schemaAt();
    const short = { clickMonths: 1, eventMonths: 0 };
    await makeMonth(schema, 'event', monthStart(-1));
    await makeMonth(schema, 'click', monthStart(-2));
    // Near a month's end thirty days ago lies in this one.
    const recent = new Date(Math.min(daysAgo(29).getTime(), monthStart().getTime() - 1));
    const isYoung = recent > daysAgo(30);
    await event(schema, recent);
    await storage.query(`update "${schema}".program set window_days = 100`);
    expect(await dropOldMonths(storage, schema, short)).toEqual(isYoung ? [] : [`event_${monthName(-1)}`]);
    await storage.query(`update "${schema}".event set delivered_at = now()`);
    await storage.query(`update "${schema}".program set window_days = 1`);
    expect(await dropOldMonths(storage, schema, short)).toEqual(
      isYoung ? [`click_${monthName(-2)}`, `event_${monthName(-1)}`] : [`click_${monthName(-2)}`],
    );
  });

  it('of events of the default partition: what waits for a handler stays thirty days', async () => {
    const schema = await schemaAt();
    await storage.query(`drop table "${schema}".event_${monthName()}`);
    const waiting = await event(schema, daysAgo(29));
    await event(schema, daysAgo(29), true);
    await event(schema, daysAgo(31));
    await dropOldMonths(storage, schema, { clickMonths: 25, eventMonths: -1 });
    expect(Object.keys(await where(schema, 'event')).map(Number)).toEqual([waiting]);
  });

  it('that are gone leave the participant’s count of clicks as it was', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api);
    const me = () => laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    const { referralCode } = await me();
    const visit = () =>
      laurel.fetch(
        new Request('https://shop.example/api/clicks', {
          method: 'POST',
          headers: { authorization: `Bearer ${laurel.publishableKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ referralCode }),
        }),
      );
    laurel.travelTo(monthStart(-30));
    expect((await visit()).status).toBe(201);
    laurel.travelTo(null);
    expect((await visit()).status).toBe(201);
    expect((await me()).counts.clicks).toBe(2);
    await makeMonth(laurel.schema, 'click', monthStart(-30));
    expect(await dropOldMonths(storage, laurel.schema, defaultRetention)).toEqual([`click_${monthName(-30)}`]);
    expect(Object.keys(await where(laurel.schema, 'click'))).toHaveLength(1);
    expect((await me()).counts.clicks).toBe(2);
  });

  it('are made at the start, and made and dropped every day by a job', async () => {
    const laurel = await plainLaurel({ retention: { clickMonths: 3 } });
    await laurel.migrate();
    const drop = `drop table $schema.click_${monthName(1)}`;
    await sql(laurel, drop);
    await laurel.start();
    expect(await partitions(laurel.schema, 'click')).toContain(`click_${monthName(1)}`);
    await sql(laurel, drop);
    await makeMonth(laurel.schema, 'click', monthStart(-4));
    await sql({ schema: `${laurel.schema}_jobs` }, `insert into $schema.job (name) values ('laurel-months')`);
    const after = await eventually(
      () => partitions(laurel.schema, 'click'),
      (names) => !names.includes(`click_${monthName(-4)}`),
    );
    expect(after).toEqual([...[0, 1, 2, 3].map((ahead) => `click_${monthName(ahead)}`), 'click_default']);
    await expect(plainLaurel({ retention: { eventMonths: 0 } })).rejects.toThrow(/retention.eventMonths/);
  });

  it('that nothing is looked for in are not read', async () => {
    const schema = await schemaAt();
    for (const age of [-3, -4]) {
      await makeMonth(schema, 'event', monthStart(age));
      await makeMonth(schema, 'click', monthStart(age));
    }
    const explain = async (text: string, parameters: unknown[]) => {
      const rows = await storage.query<Record<string, string>>(`explain ${text}`, parameters);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const outbox = await explain(takeEvents(quoteSchema(schema)), [
      ['conversion.recorded'],
      ['-infinity'],
      ['infinity'],
      ['0'],
    ]);
    expect(outbox).toContain(`event_${monthName()}`);
    expect(outbox).not.toContain(`event_${monthName(-3)}`);
    const clicks = await explain(
      `select from "${schema}".click where id = $1 and program_id = $2
       and created_at > coalesce($4::timestamptz, now()) - make_interval(days => $3 + 1)`,
      [randomUUID(), program, 30, null],
    );
    expect(clicks).toContain(`click_${monthName()}`);
    expect(clicks).not.toContain(`click_${monthName(-3)}`);
  });

  if (databaseUrl) {
    it('that somebody is reading are dropped later, and nobody waits long for it', async () => {
      const schema = await schemaAt();
      for (const age of [-30, -31]) await makeMonth(schema, 'click', monthStart(age));
      const drop = () => dropOldMonths(storage, schema, defaultRetention);
      const took = await storage.transaction(async (reader) => {
        await reader.query(`select from "${schema}".click`);
        const began = performance.now();
        await expect(drop()).rejects.toThrow('2 old months could not be dropped yet');
        return performance.now() - began;
      });
      expect(took).toBeLessThan(3_000);
      // Writers of what the clicks point to are in nobody's way.
      await storage.transaction(async (writer) => {
        await writer.query(`lock table "${schema}".participant, "${schema}".program in row exclusive mode`);
        expect(await drop()).toHaveLength(2);
      });
    });

    it('are made for an application that may not create tables', async () => {
      const schema = await schemaAt();
      const role = `laurel_role_${randomUUID().slice(0, 8)}`;
      await storage.query(`drop table "${schema}".click_${monthName(1)}`);
      await storage.query(`create role ${role}`);
      await storage.query(`grant usage on schema "${schema}" to ${role}`);
      await storage.query(`grant insert on "${schema}".click to ${role}`);
      await storage.transaction(async (tx) => {
        await tx.query(`set local role ${role}`);
        await tx.query(`select "${schema}".make_months()`);
        await tx.query(
          `insert into "${schema}".click (id, program_id, referrer_id, consent) values ($1, $2, $3, true)`,
          [randomUUID(), program, ada],
        );
      });
      expect(await partitions(schema, 'click')).toContain(`click_${monthName(1)}`);
      const forbidden = storage.transaction(async (tx) => {
        await tx.query(`set local role ${role}`);
        await tx.query(`select "${schema}".drop_month('click', '2020-01-01')`);
      });
      await expect(forbidden).rejects.toMatchObject({ code: '42501' });
      await storage.query(`drop owned by ${role}`);
      await storage.query(`drop role ${role}`);
    });
  }
});
