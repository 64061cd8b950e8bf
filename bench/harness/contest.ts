import { createLaurel, type Laurel, type LaurelOptions } from '@laurelkit/server-adapter';
import pg from 'pg';

/** The secret of all Laurels of a bench, so that they are nodes of one installation. */
export const secret = 'a secret for benches only: 0123456789abcdef';

/** The key that reads metrics. */
export const secretKey = 'sk_bench_0123456789abcdef0123';

/** A node on this database and schema. */
export const benchLaurel = (database: string, schema: string, options: LaurelOptions = {}): Laurel =>
  createLaurel({ secret, database, schema, limits: false, jobs: false, keys: [{ key: secretKey }], ...options });

/** The id of the n-th participant, from 1. Their ids are not in the order of their scores. */
export const participantId = (n: number): string =>
  `0190a000-0000-7000-8000-${(((n * 7_368_787) % 16_777_213) * 65_536).toString(16).padStart(12, '0')}`;

const participantSql = (n: string) =>
  `('0190a000-0000-7000-8000-' || lpad(to_hex(((${n})::bigint * 7368787 % 16777213) * 65536), 12, '0'))::uuid`;

/** What a seeded contest is like. */
export interface Seed {
  slug: string;
  participants: number;
  /** SQL for the score of participant `n`. */
  score: string;
  /** What else is said of the contest. */
  contest?: Record<string, unknown>;
}

/** A score that few share: between 1 and 50,000, in no order. */
export const manyScores = '1 + (n::bigint * 48271 % 2147483647) % 50000';

/** Makes the programme `friends` and live contests with standings, by SQL: the points before them are in no ledger. */
export async function seedContests(laurel: Laurel, url: string, schema: string, seeds: readonly Seed[]): Promise<void> {
  await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set search_path to "${schema}"`);
  await client.query(
    `insert into participant (id, external_id, display_name)
     select ${participantSql('n')}, 'person-' || n, 'Person ' || n from generate_series(1, $1::int) n`,
    [Math.max(...seeds.map((seed) => seed.participants))],
  );
  for (const { slug, participants, score, contest } of seeds) {
    const now = Date.now();
    const { id } = await laurel.api.contests.create({
      ...{ program: 'friends', slug, name: slug },
      ...{ startsAt: new Date(now - 86_400_000).toISOString(), endsAt: new Date(now + 86_400_000).toISOString() },
      ...contest,
    });
    await client.query(
      `insert into standing (contest_id, period_start, participant_id, score, seq)
       select $1, '-infinity', ${participantSql('n')}, ${score}, n from generate_series(1, $2::int) n`,
      [id, participants],
    );
    await client.query('update contest set seq = $2 where id = $1', [id, participants]);
  }
  await client.query('vacuum analyze standing');
  await client.query('vacuum analyze participant');
  await client.end();
}

/** How many reads of boards a node has answered from memory. */
export async function heldReads(laurel: Laurel): Promise<number> {
  const response = await laurel.fetch(
    new Request('https://shop.example/api/metrics', { headers: { authorization: `Bearer ${secretKey}` } }),
  );
  return Number(/laurel_board_reads_total\{source="held"\} (\d+)/.exec(await response.text())?.[1] ?? 0);
}

/** Reads a board until it comes from memory; answers how many milliseconds that took. */
export async function untilHeld(laurel: Laurel, contest: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const before = await heldReads(laurel);
    await laurel.api.leaderboards.list({ contest, limit: 1 });
    if ((await heldReads(laurel)) > before) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
