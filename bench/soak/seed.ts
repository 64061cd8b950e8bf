import type { House } from '../harness/house.ts';

/**
 * Seeds `count` participants on the board of `spring`, each with some points that the ledger accounts for, and `referees`
 * people referred by as many of them.
 */
export async function seedBoard({ sql }: House, count: number, referees: number): Promise<void> {
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'r' || n from generate_series(1, $1::int) n`,
    [count],
  );
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'e' || n from generate_series(1, $1::int) n`,
    [referees],
  );
  await sql(
    `insert into $schema.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
     select contest.id, row_number() over (), participant.id, 1 + abs(hashtext(participant.external_id)) % 1000,
       'seed:' || participant.id, now()
     from $schema.participant, $schema.contest where external_id like 'r%'`,
  );
  await sql(
    `insert into $schema.standing (contest_id, period_start, participant_id, score, seq)
     select contest_id, '-infinity', participant_id, points, seq from $schema.ledger`,
  );
  await sql(`update $schema.contest set seq = (select count(*) from $schema.ledger)`);
  await sql(
    `insert into $schema.referral (id, program_id, referrer_id, referee_id, attributed_by, state)
     select gen_random_uuid(), program.id, referrer.id, referee.id, 'code', 'qualified'
     from generate_series(1, $2::int) n
     join $schema.participant referee on referee.external_id = 'e' || n
     join $schema.participant referrer on referrer.external_id = 'r' || (1 + (n::bigint * 7919) % $1::int)
     cross join $schema.program`,
    [count, referees],
  );
  for (const table of ['participant', 'referral', 'ledger', 'standing']) await sql(`vacuum analyze $schema.${table}`);
}
