import type { TestLaurel } from '../src/testing.ts';
import { eventually, refer, sql } from './support.ts';

/** Steps of the tests about fraud, in the Laurel of the test that runs. */
export function riskSteps(laurel: () => TestLaurel) {
  const person = (externalId: string, email: string | null, displayName?: string) =>
    laurel().api.participants.upsert({ externalId, email, ...(displayName !== undefined && { displayName }) });

  /** What is known of a referral, once it was looked at and nothing waits any more. */
  const settled = async () => {
    await eventually(
      () => sql<{ rows: string }>(laurel(), 'select count(*) as rows from $schema.referral_intake'),
      ([row]) => Number(row?.rows) === 0,
    );
    // A batch that was taken is committed once its referrals can be locked again.
    await sql(laurel(), 'select 1 from $schema.reward_account for update');
  };
  const assessments = async (referral: string) => {
    await eventually(
      () => sql(laurel(), 'select from $schema.risk_assessment where referral_id = $1', [referral]),
      (rows) => rows.length > 0,
    );
    await settled();
    return sql<{ decision: string; score: number; mode: string; signals: { code: string; reason: string }[] }>(
      laurel(),
      'select * from $schema.risk_assessment where referral_id = $1 order by id',
      [referral],
    );
  };
  const codes = async (referral: string) => (await assessments(referral)).at(-1)?.signals.map(({ code }) => code);
  const reviewOf = async (referral: string) => {
    await assessments(referral);
    const { items } = await laurel().api.reviews.list({});
    return items.find((each) => each.referral.id === referral);
  };
  const see = (participant: string, ip: string, device = 'browser', more: { datacentre?: boolean; at?: Date } = {}) =>
    sql(
      laurel(),
      `insert into $schema.sighting (kind, value_hash, participant_id, datacentre, seen_at, expires_at)
       select kind, hash, participant.id, $4 and kind = 'ip', coalesce($5::timestamptz, now()), coalesce($5::timestamptz, now()) + interval '90 days'
       from $schema.participant cross join (values ('ip', $2::text), ('device', $2::text || $3::text)) as each(kind, hash)
       where external_id = $1 on conflict do nothing`,
      [participant, ip, device, more.datacentre ?? false, more.at ?? null],
    );
  /** A referral that is held: `bob` has the mailbox of `ada`. */
  const heldReferral = async () => {
    await person('ada', 'ada.lovelace@gmail.com');
    await person('bob', 'adalovelace+bob@googlemail.com');
    const { id } = await refer(laurel().api, 'ada', 'bob');
    const review = await eventually(
      () => reviewOf(id),
      (found) => found !== undefined,
    );
    return { id, review: review?.id ?? '' };
  };
  const eventsOf = async (prefix: string) => {
    const rows = await sql<{ name: string; payload: Record<string, string> }>(
      laurel(),
      'select name, payload from $schema.event where name like $1 order by id',
      [`${prefix}%`],
    );
    return rows.map(({ name, payload }): Record<string, string> => ({ name, ...payload }));
  };

  return { person, settled, assessments, codes, reviewOf, see, heldReferral, eventsOf };
}
