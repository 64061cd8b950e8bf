import { deriveKey } from '../src/access/secrets.ts';
import { emailDomain, emailKey } from '../src/settlement/email.ts';
import type { TestLaurel } from '../src/testing.ts';
import { eventually, sql } from './support.ts';

/** Somebody who signs up through somebody else. */
export interface SignUp {
  referrer: string;
  referee: string;
  name: string;
  email: string;
  /** Minutes before now. */
  minutesAgo: number;
  /** Stands for a network address; two of the same are one address. */
  address: string;
  device: string;
  datacentre?: boolean;
  /** Seconds from the click, where there was one. */
  clickSeconds?: number;
  /** Minor units of a first purchase, an hour after the sign-up. */
  spent?: number;
}

const personKey = deriveKey('a secret for tests only: 0123456789abcdef', 'person');

/** Numbers from 0 to 1 that come out the same every time (a linear congruential generator). */
export function steadyRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Makes all of them in `friends`, a table at a time, as Laurel would have written them, and leaves them to the settler. */
export async function signUp(laurel: TestLaurel, crowd: readonly SignUp[]): Promise<void> {
  const column = <Value>(read: (each: SignUp) => Value) => crowd.map(read);
  const people = new Map<string, SignUp | null>(crowd.map(({ referrer }) => [referrer, null]));
  for (const each of crowd) people.set(each.referee, each);
  const all = [...people];
  const addressed = crowd.map(({ referee, email }) => ({ referee, email }));
  await sql(
    laurel,
    `insert into $schema.participant (id, external_id, display_name, metadata)
     select gen_random_uuid(), id, name, '{}' from unnest($1::text[], $2::text[]) as each(id, name)
     on conflict (external_id) do nothing`,
    [all.map(([id]) => id), all.map(([, each]) => each?.name ?? null)],
  );
  await sql(
    laurel,
    `insert into $schema.participant_contact (participant_id, email, email_key, email_domain)
     select participant.id, email, key, domain
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as each(id, email, key, domain)
     join $schema.participant on external_id = each.id on conflict do nothing`,
    [
      addressed.map(({ referee }) => referee),
      addressed.map(({ email }) => email),
      addressed.map(({ email }) => emailKey(personKey, email)),
      addressed.map(({ email }) => emailDomain(email)),
    ],
  );
  await sql(
    laurel,
    `with given as (
       select gen_random_uuid() as click, gen_random_uuid() as id, program.id as program, referrer.id as referrer,
         referee.id as referee, now() - minutes * interval '1 minute' as at, seconds, spent
       from unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::bigint[]) as each(referrer, referee, minutes, seconds, spent)
       join $schema.program on slug = 'friends'
       join $schema.participant referrer on referrer.external_id = each.referrer
       join $schema.participant referee on referee.external_id = each.referee
     ),
     clicked as (
       insert into $schema.click (id, program_id, referrer_id, landing_url, consent, created_at)
       select click, program, referrer, 'https://shop.example/', true, at - seconds * interval '1 second'
       from given where seconds is not null
     ),
     bound as (
       insert into $schema.referral (id, program_id, referrer_id, referee_id, click_id, attributed_by, state, created_at)
       select id, program, referrer, referee, case when seconds is not null then click end,
         case when seconds is null then 'code' else 'click' end, case when spent is null then 'pending' else 'qualified' end, at
       from given
     ),
     bought as (
       insert into $schema.conversion (id, program_id, participant_id, referral_id, referrer_id, event, amount_minor, currency,
         idempotency_key, fingerprint, created_at)
       select gen_random_uuid(), program, referee, id, referrer, 'purchase', spent, 'EUR', id::text, '', at + interval '1 hour'
       from given where spent is not null
     )
     insert into $schema.referral_intake (program_id, referral_id) select program, id from given order by at`,
    [
      column(({ referrer }) => referrer),
      column(({ referee }) => referee),
      column(({ minutesAgo }) => minutesAgo),
      column(({ clickSeconds }) => clickSeconds ?? null),
      column(({ spent }) => spent ?? null),
    ],
  );
  await sql(
    laurel,
    `insert into $schema.sighting (kind, value_hash, participant_id, datacentre, seen_at, expires_at)
     select kind, hash, participant.id, kind = 'ip' and datacentre, now() - minutes * interval '1 minute', now() + interval '90 days'
     from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::float8[]) as each(id, address, device, datacentre, minutes)
     join $schema.participant on external_id = each.id
     cross join lateral (values ('ip', address), ('device', address || device)) as seen(kind, hash)
     on conflict do nothing`,
    [
      column(({ referee }) => referee),
      column(({ address }) => address),
      column(({ device }) => device),
      column(({ datacentre }) => datacentre ?? false),
      column(({ minutesAgo }) => minutesAgo),
    ],
  );
}

/** Waits until every referral of `friends` was looked at and nothing waits. */
export async function lookedAt(laurel: TestLaurel): Promise<void> {
  const waiting = async () => {
    const [row] = await sql<{ rows: string }>(
      laurel,
      `select (select count(*) from $schema.referral_intake) + (select count(*) from $schema.referral
         where not exists (select from $schema.risk_assessment where referral_id = referral.id)) as rows`,
    );
    return Number(row?.rows);
  };
  await sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"referrals":true}']);
  while ((await eventually(waiting, (rows) => rows === 0)) > 0);
}

/** How many of a referrer's referrals (of all, without one) are held or rejected, and how many there are. */
export async function stopped(laurel: TestLaurel, referrer?: string): Promise<{ stopped: number; all: number }> {
  const [row] = await sql<{ stopped: string; all: string }>(
    laurel,
    `select count(review.id) as stopped, count(*) as all from $schema.referral
     join $schema.participant referrer on referrer.id = referral.referrer_id
     left join $schema.review on review.referral_id = referral.id
     where $1::text is null or referrer.external_id = $1`,
    [referrer ?? null],
  );
  return { stopped: Number(row?.stopped), all: Number(row?.all) };
}
