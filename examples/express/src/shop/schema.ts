import type { Database } from '../database.ts';

/** The shop's own tables stand beside Laurel's, in a schema of their own. */
const statements = [
  'create schema if not exists shop',
  `create table if not exists shop.account (
    id uuid primary key,
    email text not null unique,
    name text not null,
    on_board boolean not null,
    created_at timestamptz not null default now()
  )`,
  `create table if not exists shop.purchase (
    id uuid primary key,
    account_id uuid not null references shop.account,
    product text not null,
    price_minor integer not null,
    conversion_id uuid,
    created_at timestamptz not null default now(),
    refunded_at timestamptz
  )`,
  'alter table shop.purchase add column if not exists by_card boolean not null default false',
  `create table if not exists shop.coupon (
    reward_id uuid primary key,
    code text not null unique,
    kind text not null,
    created_at timestamptz not null default now()
  )`,
  'alter table shop.coupon add column if not exists account_id uuid, add column if not exists purchase_id uuid unique',
  `create table if not exists shop.payment (
    payout_id uuid primary key,
    account_id uuid not null references shop.account,
    minor integer not null,
    currency text not null,
    created_at timestamptz not null default now()
  )`,
  `create table if not exists shop.message (
    id text primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    sent_at timestamptz not null default now()
  )`,
  // The endpoint at which Laurel tells the shop of what happens, and what it told.
  'create table if not exists shop.hook (endpoint uuid primary key, secret text not null)',
  `create table if not exists shop.heard (
    id text primary key,
    type text not null,
    happened_at timestamptz not null
  )`,
  'create index if not exists purchase_account on shop.purchase (account_id, created_at)',
];

/** Creates what is missing; a shop that starts twice at once waits for the other. */
export const createTables = (database: Database): Promise<void> =>
  database.inTransaction(async (transaction) => {
    await transaction.query(`select pg_advisory_xact_lock(hashtext('shop tables'))`);
    for (const statement of statements) await transaction.query(statement);
  });
