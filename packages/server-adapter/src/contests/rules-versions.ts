import { createHash } from 'node:crypto';
import { canonicalJson } from '@laurelkit/sdk/draws';
import type { RulesDocument } from '../db/contest-tables.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { rulesDocument } from './rules-document.ts';

/** A version of the official rules. */
export interface RulesVersion {
  version: number;
  document: RulesDocument;
  /** SHA-256 of the canonical document (RFC 8785), in hexadecimal. */
  hash: string;
  createdAt: Date;
}

/** SHA-256 of the canonical document (RFC 8785), in hexadecimal. */
export const hashOfRules = (document: RulesDocument): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex');

/** Writes the rules of a contest as its present version, unless that is there. */
export async function keepRules({ query, schema }: Database, contest: ContestRow, now: Date | null): Promise<void> {
  const document = rulesDocument(contest);
  await query(
    `insert into ${schema}.contest_rules (contest_id, version, document, hash, created_at)
     values ($1, $2, $3::text::jsonb, $4, coalesce($5::timestamptz, now())) on conflict do nothing`,
    [contest.id, contest.rules_version, JSON.stringify(document), hashOfRules(document), now],
  );
}

/** Whether the rules in force, which a change finds, say what the contest comes to now; `null`: there are none yet. */
async function stillSaid({ query, schema }: Database, before: ContestRow, after: ContestRow): Promise<boolean | null> {
  const next = hashOfRules(rulesDocument(after));
  // Another release may put things another way: that alone changes no rules of a contest people take part in.
  if (before.state !== 'draft') return hashOfRules(rulesDocument(before)) === next;
  const [kept] = await query<{ hash: string }>(
    `select hash from ${schema}.contest_rules where contest_id = $1 and version = $2`,
    [before.id, before.rules_version],
  );
  return kept ? kept.hash === next : null;
}

/**
 * Makes a new version of the rules if a change of the contest makes them say something else. Drafts are nobody's business:
 * their rules are kept once they no longer are. Whoever calls holds the contest's row, and has changed it.
 * @param before - what was in force; kept as it was, if it never has been
 */
export async function renewRules(
  database: Database,
  before: ContestRow,
  after: ContestRow,
  now: Date | null,
): Promise<void> {
  if (after.state === 'draft') return;
  const same = await stillSaid(database, before, after);
  if (same === null) return keepRules(database, after, now);
  if (same) return;
  await keepRules(database, before, now);
  const version = before.rules_version + 1;
  await database.query(`update ${database.schema}.contest set rules_version = $2 where id = $1`, [before.id, version]);
  await keepRules(database, { ...after, rules_version: version }, now);
}

/**
 * A version of a contest's rules, that in force without a number. A draft, and a contest of before there were rules, has
 * those that its settings come to, while nobody has kept them yet.
 * @throws LaurelProblem rules_not_found
 */
export async function readRules(
  { query, schema }: Database,
  contest: ContestRow,
  version = contest.rules_version,
): Promise<RulesVersion> {
  const [row] = await query<{ document: RulesDocument; hash: string; created_at: Date }>(
    `select document, hash, created_at from ${schema}.contest_rules where contest_id = $1 and version = $2`,
    [contest.id, version],
  );
  if (row) return { version, document: row.document, hash: row.hash, createdAt: row.created_at };
  if (version !== contest.rules_version) {
    throw new LaurelProblem('rules_not_found', `The versions of these rules are 1 to ${contest.rules_version}.`);
  }
  const document = rulesDocument(contest);
  return { version, document, hash: hashOfRules(document), createdAt: contest.created_at };
}
