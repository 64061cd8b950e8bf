import type { Sql } from './house.ts';

/** The tables a month of a programme writes, each with what orders its rows. */
const tables: Record<string, string> = {
  participant: 'created_at, id',
  referral_code: 'created_at, code',
  click: 'created_at, id',
  click_count: 'participant_id',
  referral: 'created_at, id',
  referral_transition: 'id',
  conversion: 'created_at, id',
  ledger: 'contest_id, seq',
  standing: 'contest_id, period_start, participant_id',
  event: 'id',
  risk_assessment: 'id',
  reward: 'id',
  reward_transition: 'id',
  reward_entry: 'id',
  reward_account: 'program_id, participant_id',
};

const batchSize = 64;

/**
 * Copies of a house's tables with all their indexes. `write` inserts what the house has gained since, as it now stands, by
 * raw SQL: batches of 64 rows of one table, a commit each, on one connection. Answers seconds spent writing.
 */
export async function rawCopy(schema: string, run: Sql) {
  const raw = `${schema}_raw`;
  await run(`create schema ${raw}`);
  for (const table of Object.keys(tables)) {
    await run(`create table ${raw}.${table} (like "${schema}".${table} including all excluding identity)`);
  }
  const done = new Map<string, number>();

  const rowsSince = async (table: string, order: string): Promise<unknown[]> => {
    const offset = done.get(table) ?? 0;
    const [row] = await run<{ rows: unknown[] | null }>(
      `select jsonb_agg(to_jsonb(each)) as rows from (select * from "${schema}".${table} order by ${order} offset ${offset}) each`,
    );
    const rows = row?.rows ?? [];
    done.set(table, offset + rows.length);
    return rows;
  };

  return {
    write: async (): Promise<{ seconds: number; rows: number }> => {
      let seconds = 0;
      let written = 0;
      for (const [table, order] of Object.entries(tables)) {
        const rows = await rowsSince(table, order);
        const batches = Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) =>
          JSON.stringify(rows.slice(index * batchSize, (index + 1) * batchSize)),
        );
        const statement = `insert into ${raw}.${table} select * from jsonb_populate_recordset(null::${raw}.${table}, $1::jsonb) on conflict do nothing`;
        const began = performance.now();
        for (const batch of batches) await run(statement, [batch]);
        seconds += (performance.now() - began) / 1000;
        written += rows.length;
      }
      return { seconds, rows: written };
    },
  };
}
