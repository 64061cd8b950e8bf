import type { TestLaurel } from '../src/testing.ts';
import { eventually, refer, sql } from './support.ts';

/** Somebody of whom the house holds everything it can hold, each thing told apart by a word of its own. */
export interface Person {
  externalId: string;
  /** What they chose to be called and to look like: shown where the contest's policy says so. */
  chosen: { name: string; avatar: string };
  /** Ours, known once they are there. */
  id: string;
}

/** Kinds of facts that are nobody's business but the host's, whatever a contest shows. */
const kinds = [
  ...['externalId', 'email', 'phone', 'street', 'introduced', 'conversion', 'award', 'reason', 'form', 'claim'],
  ...['privateName', 'payment'],
];

export const person = (word: string): Person => ({
  externalId: `canary-externalId-${word}@own.example`,
  chosen: { name: `Canary Name ${word}`, avatar: `https://shop.example/canary-avatar-${word}.png` },
  id: '',
});

/** What must reach nobody: facts of whatever kind, ids and codes of these people. */
export async function secretsOf(laurel: TestLaurel, people: readonly Person[]): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    laurel,
    `select id::text from $schema.participant where id = any($1::uuid[])
     union all select id::text from $schema.referral union all select id::text from $schema.conversion
     union all select code from $schema.referral_code where participant_id = any($1::uuid[])`,
    [people.map(({ id }) => id)],
  );
  return [...kinds.map((kind) => `canary-${kind}`), ...rows.map(({ id }) => id)];
}

/** Makes these people: the first invited all others, who bought something. */
export async function settle(laurel: TestLaurel, people: readonly Person[]): Promise<void> {
  const { api } = laurel;
  for (const each of people) {
    const { externalId, chosen } = each;
    const word = chosen.name.split(' ').at(-1);
    const { id } = await api.participants.upsert({
      ...{ externalId, displayName: chosen.name, avatarUrl: chosen.avatar, email: `canary-email-${word}@own.example` },
      name: `canary-privateName-${word}`,
      metadata: { phone: `+49 canary-phone-${word}`, street: `canary-street-${word} 1` },
    });
    each.id = id;
  }
  await sql(laurel, 'update $schema.participant_contact set confirmed_at = now()');
  const [first, ...others] = people as [Person, ...Person[]];
  for (const { externalId } of others) {
    await refer(api, first.externalId, externalId);
    await api.conversions.create({
      ...{
        program: 'friends',
        participant: externalId,
        event: 'purchase',
        idempotencyKey: `canary-award-${externalId}`,
      },
      payment: `canary-payment-${externalId}`,
      ...{ metadata: { note: 'canary-conversion' }, amount: { minor: 987_654, currency: 'EUR' } },
    });
  }
  for (const { externalId } of people)
    await api.joining.settings({ program: 'friends', participant: externalId, introducedAs: 'canary-introduced' });
}

/** A contest in which all of them have points, some tied, and of which every table that names people holds rows of them. */
export async function contestOf(
  laurel: TestLaurel,
  slug: string,
  names: 'shown' | 'opt_in' | 'pseudonyms',
  people: readonly Person[],
  agreed: readonly Person[],
  settings: Record<string, unknown> = {},
): Promise<void> {
  const day = 86_400_000;
  await laurel.api.contests.create({
    ...{ program: 'friends', slug, name: 'A contest', names, period: 'day', teamSize: 10 },
    startsAt: new Date(Date.now() - 40 * day).toISOString(),
    endsAt: new Date(Date.now() + day).toISOString(),
    prizes: [{ name: 'A mug', winners: 2 }],
    claim: { days: 14, fields: [{ id: 'address', label: 'Address' }] },
    actions: [{ id: 'form', kind: 'form', title: 'Form', points: 1, fields: [{ id: 'city', label: 'City' }] }],
    ...settings,
  });
  for (const [index, { externalId }] of people.entries()) {
    const points = 10 + (index >> 1);
    await laurel.api.points.award({
      contest: slug,
      participant: externalId,
      points,
      idempotencyKey: `canary-award-${index}`,
    });
  }
  const isAgreed = people.map((each) => agreed.includes(each));
  await sql(
    laurel,
    `with contest as (select id from $schema.contest where slug = $1),
     person as (select * from unnest($2::uuid[], $3::boolean[]) each(id, agrees)),
     entrants as (
       insert into $schema.contest_entrant (contest_id, participant_id, rules_version, country, age_confirmed, show_name)
       select contest.id, person.id, 1, 'PT', true, person.agrees from contest, person
     ),
     forms as (
       insert into $schema.contest_action_done (contest_id, action, participant_id, points, detail)
       select contest.id, 'form', person.id, 1, 'canary-form' from contest, person
     ),
     team as (
       insert into $schema.contest_team (id, contest_id, name, name_key, invite_code)
       select gen_random_uuid(), contest.id, 'The team', 'the team', 'canary-invite' from contest returning id
     ),
     members as (
       insert into $schema.contest_team_member (contest_id, participant_id, team_id)
       select contest.id, person.id, team.id from contest, person, team
     ),
     plays as (
       insert into $schema.instant_play (contest_id, number, participant_id, day, nth)
       select contest.id, 1000 + row_number() over (), person.id, current_date - 1, 1 from contest, person
     ),
     steps as (
       insert into $schema.contest_step (contest_id, from_state, to_state, actor, note)
       select contest.id, 'live', 'paused', 'staff:canary-reason', 'For a moment.' from contest
     )
     insert into $schema.ledger_late (contest_id, participant_id, points, cause, occurred_at)
     select contest.id, person.id, 5, 'canary-award:' || person.id, now() from contest, person`,
    [slug, people.map(({ id }) => id), isAgreed],
  );
}

/** What was committed before such a contest ended. */
const terms = {
  ...{ algorithm: 'vrs-w1', name: 'A contest', version: 1, kind: 'leaderboard', tiePolicy: 'earliest' },
  ...{ endsAt: '2026-05-01T12:00:00.000Z', rulesVersion: 1, rulesHash: '0'.repeat(64), mostEntries: null },
  ...{ prizes: [{ name: 'A mug', winners: 2 }], substitutes: 'next in order', receiptKey: '0'.repeat(64) },
  ...{ instantWin: null, source: { kind: 'none' }, fallback: null },
};

/** Brings a contest to its end: drawn, the first two having won, the last disqualified. */
export async function conclude(laurel: TestLaurel, slug: string, people: readonly Person[]): Promise<void> {
  const { items } = await laurel.api.leaderboards.list({ contest: slug, limit: 100 });
  const last = people.length - 1;
  // The board is in this order: points and sequence numbers grew with the list.
  const inBoardOrder = [...people.keys()].sort((a, b) => (b >> 1) - (a >> 1) || a - b);
  const entryIds = people.map((_, index) => items[inBoardOrder.indexOf(index)]?.id);
  await sql(
    laurel,
    `with contest as (
       update $schema.contest set ends_at = now(), state = 'drawn' where slug = $1 returning id, seq
     ),
     person as (select * from unnest($2::uuid[], $3::text[]) with ordinality each(id, entry_id, place)),
     committed as (
       insert into $schema.contest_commitment (contest_id, version, document, hash)
       select contest.id, 1, ($5::jsonb || jsonb_build_object('contest', contest.id))::text, repeat('0', 64) from contest
       on conflict do nothing
     ),
     draw as (
       insert into $schema.contest_draw
         (contest_id, commitment_version, frozen_at, frozen_seq, root, entries, tickets, drawn_at, published_at)
       select contest.id, 1, now(), seq, repeat('0', 64), $4::int, $4::int * 10, now(), now() from contest
     ),
     entries as (
       insert into $schema.contest_entry (contest_id, entry_id, participant_id, weight, score, seq)
       select contest.id, entry_id, person.id, 10, 10, place from contest, person
     ),
     ordered as (
       insert into $schema.contest_order (contest_id, ordinal, rank, entry_id)
       select contest.id, place, place, entry_id from contest, person
     ),
     disqualified as (
       insert into $schema.contest_disqualification
         (contest_id, number, participant_id, entry_id, reason, actor, created_at, previous_hash, hash)
       select contest.id, 1, person.id, entry_id, 'Played twice', 'staff:canary-reason', now(), repeat('0', 64), repeat('1', 64)
       from contest, person where place = $4::int
     )
     insert into $schema.contest_winner (id, contest_id, number, place, prize, entry_id, participant_id, state, claim, reason)
     select gen_random_uuid(), contest.id, place, place, 0, entry_id, person.id, case place when 1 then 'selected' else 'claimed' end,
       case place when 2 then 'canary-claim' end, 'canary-reason'
     from contest, person where place <= 2`,
    [slug, people.map(({ id }) => id), entryIds, last + 1, JSON.stringify(terms)],
  );
  await sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, JSON.stringify({ contests: [slug] })]);
  await eventually(
    () => laurel.api.leaderboards.list({ contest: slug }),
    ({ state }) => state === 'drawn',
  );
}
