import { createLaurel, type Laurel, type LaurelOptions } from '@laurelkit/server-adapter';

const secret = 'a secret for benches only: 0123456789abcdef';

/** Runs one statement on the bench's own connection; `$schema` stands for the schema of the installation. */
export type Sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/** A Laurel with a programme `friends`, a live contest `spring`, and people who referred each other. */
export interface House {
  laurel: Laurel;
  schema: string;
  sql: Sql;
  close(): Promise<void>;
}

const day = 86_400_000;

/** Starts a Laurel without limits and jobs in a schema of its own, with the programme and the contest. */
export async function openHouse(options: LaurelOptions, schema: string, run: Sql): Promise<House> {
  const laurel = createLaurel({ secret, limits: false, jobs: false, schema, ...options });
  await laurel.start();
  await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await laurel.api.contests.create({
    program: 'friends',
    slug: 'spring',
    name: 'Spring',
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day).toISOString(),
  });
  return {
    laurel,
    schema,
    sql: (text, values) => run(text.replaceAll('$schema', `"${schema}"`), values),
    close: () => laurel.close(),
  };
}

/** Seeds `referrers` participants `r1…` and `referees` participants `e1…`, each of these referred by one of those. */
export async function seedReferrals({ sql }: House, referrers: number, referees: number): Promise<void> {
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'r' || n from generate_series(1, $1) n`,
    [referrers],
  );
  await sql(
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'e' || n from generate_series(1, $1) n`,
    [referees],
  );
  await sql(
    `insert into $schema.referral (id, program_id, referrer_id, referee_id, attributed_by, state)
     select gen_random_uuid(), program.id, referrer.id, referee.id, 'code', 'qualified'
     from generate_series(1, $2::int) n
     join $schema.participant referee on referee.external_id = 'e' || n
     join $schema.participant referrer on referrer.external_id = 'r' || (1 + n % $1::int)
     cross join $schema.program`,
    [referrers, referees],
  );
  await sql('analyze $schema.participant, $schema.referral');
}
