import type { Api } from '@laurelkit/sdk/contract';
import type { Sql } from '../harness/house.ts';

/** What was found wrong, one sentence each; empty when all is well. */
export type Findings = string[];

/** Every acknowledged conversion is there, and none twice. */
export async function verifyConversions(sql: Sql, acknowledged: readonly number[]): Promise<Findings> {
  const rows = await sql<{ key: string }>(
    `select substr(idempotency_key, 2) as key from $schema.conversion where idempotency_key like 's%'`,
  );
  const stored = new Set(rows.map(({ key }) => Number(key)));
  const findings: Findings = [];
  const lost = acknowledged.filter((key) => !stored.has(key)).length;
  if (lost > 0) findings.push(`${lost} acknowledged conversions are missing.`);
  if (stored.size !== rows.length) findings.push(`${rows.length - stored.size} conversions are stored twice.`);
  if (new Set(acknowledged).size !== acknowledged.length) findings.push('A key was acknowledged twice.');
  const [points] = await sql<{ rows: string }>(
    `select count(*) as rows from $schema.ledger where cause like 'conversion:%'`,
  );
  if (Number(points?.rows) !== rows.length) {
    findings.push(`${rows.length} conversions earned points ${points?.rows} times.`);
  }
  return findings;
}

interface Ranked {
  externalId: string;
  rank: string;
  dense: string;
  ordinal: string;
  score: string;
}

/** A board at rest gives everybody asked the ranks that SQL's window functions give. */
export async function verifyBoard(
  ask: (input: { participant: string }) => ReturnType<Api['leaderboards']['standing']>,
  sql: Sql,
  sample: number,
): Promise<Findings> {
  const rows = await sql<Ranked>(
    `select * from (
       select participant.external_id as "externalId", rank() over score as rank, dense_rank() over score as dense,
         row_number() over (order by score desc, seq) as ordinal, score
       from $schema.standing join $schema.participant on participant.id = standing.participant_id
       where period_start = '-infinity' and score > 0 window score as (order by score desc)
     ) board order by ordinal <= 200 desc, hashtext("externalId") limit $1`,
    [sample],
  );
  let wrong = 0;
  for (const row of rows) {
    const { standing } = await ask({ participant: row.externalId });
    const same =
      standing?.rank === Number(row.rank) &&
      standing.denseRank === Number(row.dense) &&
      standing.ordinal === Number(row.ordinal) &&
      standing.score === Number(row.score);
    if (!same) wrong++;
  }
  return wrong > 0 ? [`${wrong} of ${rows.length} places differ from SQL's.`] : [];
}
