import type { Entry } from './entry.ts';
import { type Destination, Overtaken } from './people.ts';

/** A code that somebody is to have. */
export interface Given {
  participantId: string;
  code: Entry['codes'][number];
}

/** Who has each of these codes, by the code in small letters; `here`: in this programme. */
async function ownersOf(codes: readonly string[], { database: { query, schema }, programId }: Destination) {
  const rows = await query<{ code: string; owner: string; here: boolean }>(
    `select lower(code) as code, participant_id as owner, program_id = $1 as here from ${schema}.referral_code
     where lower(code) = any($2::text[])`,
    [programId, codes.map((code) => code.toLowerCase())],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

const insertCodes = (schema: string) => `
insert into ${schema}.referral_code (program_id, participant_id, code, kind, is_primary, created_at)
select $1, participant_id, code, kind, is_primary, coalesce(created_at, $7::timestamptz, now())
from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[])
  as each(participant_id, code, kind, is_primary, created_at)
order by lower(code)
on conflict do nothing returning code`;

/**
 * Gives codes, so that links with them keep working; whoever has no primary one yet gets it by their first. Answers for each: 1
 * when it is new, 0 when they had it, or what is in the way.
 * @throws Overtaken
 */
export async function giveCodes(given: readonly Given[], destination: Destination): Promise<(number | string)[]> {
  if (given.length === 0) return [];
  const { database, programId, now } = destination;
  const { query, schema } = database;
  const owners = await ownersOf(
    given.map(({ code }) => code.code),
    destination,
  );
  const primaries = await query<{ id: string }>(
    `select participant_id as id from ${schema}.referral_code
     where program_id = $1 and is_primary and participant_id = any($2::uuid[])`,
    [programId, given.map(({ participantId }) => participantId)],
  );
  const havePrimary = new Set(primaries.map(({ id }) => id));
  const made: (Given & { isPrimary: boolean })[] = [];
  const answers = given.map(({ participantId, code }) => {
    const name = code.code.toLowerCase();
    const owner = owners.get(name);
    if (owner) return owner.here && owner.owner === participantId ? 0 : `code "${code.code}" is somebody else’s`;
    const isPrimary = code.primary !== false && !havePrimary.has(participantId);
    if (isPrimary) havePrimary.add(participantId);
    owners.set(name, { code: name, owner: participantId, here: true });
    made.push({ participantId, code, isPrimary });
    return 1;
  });
  const written = await query(insertCodes(schema), [
    programId,
    made.map(({ participantId }) => participantId),
    made.map(({ code }) => code.code),
    made.map(({ code }) => code.kind),
    made.map(({ isPrimary }) => isPrimary),
    made.map(({ code }) => code.createdAt),
    now,
  ]);
  if (written.length < made.length) throw new Overtaken();
  return answers;
}

/** Who has each of these codes in the programme; `null` where nobody has it, or none is asked for. */
export async function codeOwners(
  codes: readonly (string | null)[],
  destination: Destination,
): Promise<(string | null)[]> {
  const asked = codes.filter((code) => code !== null);
  if (asked.length === 0) return codes.map(() => null);
  const owners = await ownersOf(asked, destination);
  return codes.map((code) => {
    const owner = code === null ? undefined : owners.get(code.toLowerCase());
    return owner?.here ? owner.owner : null;
  });
}
