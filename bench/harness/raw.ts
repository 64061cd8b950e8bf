import { randomUUID } from 'node:crypto';
import type { House, Sql } from './house.ts';

/** A referee, as whoever writes raw SQL already knows them. */
interface Referee {
  participant: string;
  referrer: string;
}

/** The same rows written by hand, beside a house. */
export interface RawTables {
  /** Records `size` conversions of different referees in one statement. */
  batch(size: number): Promise<void>;
  /** The three statements of one conversion, to be run in a transaction: event with a unique key, score, ledger. */
  three(key: string, turn: number): { text: string; values: unknown[] }[];
  /** The schema, for pgbench. */
  schema: string;
}

/**
 * Copies of the house's tables with all their indexes, and the least SQL that writes the same durable rows: conversion,
 * outbox event, ledger row with a gapless number, score. It knows every id beforehand, looks nothing up, checks nothing
 * and tells nobody.
 */
export async function rawTables(house: House, run: Sql): Promise<RawTables> {
  const schema = `${house.schema}_raw`;
  await run(`create schema ${schema}`);
  for (const table of ['conversion', 'ledger', 'standing']) {
    await run(`create table ${schema}.${table} (like "${house.schema}".${table} including all)`);
  }
  await run(
    `create table ${schema}.event (id bigint generated always as identity primary key, name text, payload jsonb, created_at timestamptz default now(), leased_until timestamptz default '-infinity', attempts int default 0, delivered_at timestamptz)`,
  );
  await run(`create index on ${schema}.event (leased_until) where delivered_at is null`);
  await run(`create table ${schema}.contest as select * from "${house.schema}".contest`);
  await run(
    `create table ${schema}.plain_ledger (id bigint generated always as identity primary key, participant_id uuid, points bigint, cause text unique)`,
  );
  const [contest] = await run<{ id: string; program_id: string }>(`select id, program_id from ${schema}.contest`);
  const referees = await run<Referee>(
    `select referee_id as participant, referrer_id as referrer from "${house.schema}".referral order by referee_id`,
  );
  if (!contest) throw new Error('The house has no contest.');
  const refereeOf = (turn: number) => referees[turn % referees.length] as Referee;
  let turn = 0;

  const statement = `with
input as (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as each(id, participant, referrer, key)),
conversion as (
  insert into ${schema}.conversion (id, program_id, participant_id, referrer_id, event, idempotency_key, fingerprint)
  select id, '${contest.program_id}', participant, referrer, 'purchase', key, key from input
  on conflict (program_id, idempotency_key) do nothing
  returning id, participant_id, referrer_id
),
event as (
  insert into ${schema}.event (name, payload)
  select 'conversion.recorded', jsonb_build_object('conversion', id, 'program', '${contest.program_id}', 'participant',
    participant_id, 'referrer', referrer_id, 'event', 'purchase', 'amount', null) from conversion
),
contest as (update ${schema}.contest set seq = seq + (select count(*) from conversion) returning seq),
numbered as (
  select id, referrer_id, (select seq from contest) - (count(*) over ()) + row_number() over () as seq from conversion
),
ledger as (
  insert into ${schema}.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
  select '${contest.id}', seq, referrer_id, 1, 'conversion:' || id, now() from numbered
),
standing as (
  insert into ${schema}.standing as standing (contest_id, period_start, participant_id, score, seq)
  select '${contest.id}', '-infinity', referrer_id, count(*), max(seq) from numbered group by 3 order by 3
  on conflict (contest_id, period_start, participant_id)
    do update set score = standing.score + excluded.score, seq = excluded.seq
)
select id from conversion`;

  return {
    schema,
    batch: async (size) => {
      const items = Array.from({ length: size }, () => ({
        id: randomUUID(),
        key: `raw${turn}`,
        ...refereeOf(turn++ * 7919),
      }));
      await run(statement, [
        items.map(({ id }) => id),
        items.map(({ participant }) => participant),
        items.map(({ referrer }) => referrer),
        items.map(({ key }) => key),
      ]);
    },
    three: (key, index) => {
      const { participant, referrer } = refereeOf(index);
      return [
        {
          text: `insert into ${schema}.conversion (id, program_id, participant_id, referrer_id, event, idempotency_key, fingerprint) values ($1, $2, $3, $4, 'purchase', $5, $5) on conflict do nothing`,
          values: [randomUUID(), contest.program_id, participant, referrer, key],
        },
        {
          text: `insert into ${schema}.standing as standing values ($1, '-infinity', $2, 1, 1) on conflict (contest_id, period_start, participant_id) do update set score = standing.score + 1`,
          values: [contest.id, referrer],
        },
        {
          text: `insert into ${schema}.plain_ledger (participant_id, points, cause) values ($1, 1, $2)`,
          values: [referrer, key],
        },
      ];
    },
  };
}
