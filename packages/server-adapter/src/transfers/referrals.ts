import { uuidv7 } from 'uuidv7';
import type { Entry } from './entry.ts';
import { type Destination, Overtaken } from './people.ts';

/** That somebody was referred, and by whom. */
export interface Edge {
  referrer: string;
  referee: string;
  referral: NonNullable<Entry['referral']>;
}

interface Existing {
  referee: string;
  referrer: string;
  /** An import's that is still pending, and of which nothing has come here. */
  mayAdvance: boolean;
}

const readExisting = (schema: string) => `
select referee_id as referee, referrer_id as referrer, attributed_by = 'import' and state = 'pending' and not exists (
  select from ${schema}.conversion where referral_id = referral.id and not conversion.settled_elsewhere
    and conversion.program_id = $1 and conversion.referrer_id = referral.referrer_id
) as "mayAdvance"
from ${schema}.referral where program_id = $1 and referee_id = any($2::uuid[])`;

/**
 * Wakes nobody: it leaves nothing to the settler and emits no event. What had come of a referral is marked as settled elsewhere,
 * so that no reward, check or point follows from it. One that is still pending is not: what comes of it now is Laurel's.
 */
const insertReferrals = (schema: string) => `with
inserted as (
  insert into ${schema}.referral (id, program_id, referrer_id, referee_id, attributed_by, state, channel, settled_elsewhere, created_at)
  select id, $1, referrer, referee, 'import', state, channel, state <> 'pending', coalesce(at, $8::timestamptz, now())
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[])
    as each(id, referrer, referee, state, channel, at)
  order by referee
  on conflict (program_id, referee_id) do nothing
  returning id, state
)
insert into ${schema}.referral_transition (program_id, referral_id, from_state, to_state, actor, reason)
select $1, id, null, state, 'system', $9 from inserted returning referral_id`;

const advanceReferrals = (schema: string) => `with
advanced as (
  update ${schema}.referral set state = each.state, settled_elsewhere = true
  from unnest($2::uuid[], $3::text[]) as each(referee, state)
  where program_id = $1 and referee_id = each.referee and attributed_by = 'import' and referral.state = 'pending'
  returning referral.id, referral.state
)
insert into ${schema}.referral_transition (program_id, referral_id, from_state, to_state, actor, reason)
select $1, id, 'pending', state, 'system', $4 from advanced returning referral_id`;

/**
 * Keeps who referred whom. Answers for each: 1 when it is new, 0 when it was known, or what is in the way.
 * @throws Overtaken
 */
export async function keepReferrals(edges: readonly Edge[], destination: Destination): Promise<(number | string)[]> {
  if (edges.length === 0) return [];
  const { database, programId, source, now } = destination;
  const { query, schema } = database;
  const rows = await query<Existing>(readExisting(schema), [programId, edges.map(({ referee }) => referee)]);
  const existing = new Map(rows.map((row) => [row.referee, row]));
  const made = new Map<string, Edge>();
  const advanced = new Map<string, Edge>();
  const answers = edges.map((edge) => {
    const { referrer, referee, referral } = edge;
    if (referrer === referee) return 'somebody cannot have referred themself';
    const known = existing.get(referee);
    if (!known) {
      existing.set(referee, { referee, referrer, mayAdvance: referral.state === 'pending' });
      made.set(referee, edge);
      return 1;
    }
    if (known.referrer !== referrer) return 'somebody else referred them';
    if (known.mayAdvance && referral.state !== 'pending') {
      known.mayAdvance = false;
      advanced.set(referee, edge);
    }
    return 0;
  });
  const reason = `import:${source}`;
  const [fresh, further] = [[...made.values()], [...advanced.values()]];
  const written = await query(insertReferrals(schema), [
    programId,
    fresh.map(() => uuidv7()),
    fresh.map(({ referrer }) => referrer),
    fresh.map(({ referee }) => referee),
    fresh.map(({ referral }) => referral.state),
    fresh.map(({ referral }) => referral.channel),
    fresh.map(({ referral }) => referral.at),
    now,
    reason,
  ]);
  if (written.length < fresh.length) throw new Overtaken();
  if (further.length > 0) {
    const values = [further.map(({ referee }) => referee), further.map(({ referral }) => referral.state)];
    await query(advanceReferrals(schema), [programId, ...values, reason]);
  }
  return answers;
}
