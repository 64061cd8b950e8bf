import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../db/database.ts';
import { emailDomain, emailKey } from '../settlement/email.ts';
import type { Person } from './entry.ts';
import type { ImportSource } from './shape.ts';

/** Where rows are imported to, and what it takes. */
export interface Destination {
  database: Database;
  programId: string;
  source: ImportSource;
  /** The instant to go by: `null` for the database's own clock. */
  now: Date | null;
  /** Of the purpose `person`. */
  personKey: Buffer;
  /** A name as everybody may see it. */
  publicName(name: string): string | null;
}

/** Somebody else wrote what was about to be written: it is to be looked up again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Whom the ids, names and addresses of some rows belong to. */
interface Directory {
  byName: Map<string, string>;
  byForeignId: Map<string, string>;
  byAddress: Map<string, string>;
}

/** Parameters: the host's ids, programme, source, ids elsewhere, keys of addresses. */
const lookUp = (schema: string) => `
select 'byName' as kind, external_id as key, id from ${schema}.participant where external_id = any($1::text[])
union all
select 'byForeignId', foreign_id, participant_id from ${schema}.import_identity
where program_id = $2 and source = $3 and foreign_id = any($4::text[])
union all
select distinct on (email_key) 'byAddress', email_key, participant_id from (
  select email_key, participant_id from ${schema}.participant_contact where email_key = any($5::text[])
  order by email_key, participant_id
) each`;

const keyOf = ({ email }: Person, { personKey }: Destination) => (email === null ? null : emailKey(personKey, email));

/** What somebody is called here: by the host's own id, else by what is known of them elsewhere. */
function nameOf(person: Person, destination: Destination): string {
  if (person.externalId !== null) return person.externalId;
  if (person.foreignId !== null) return `${destination.source}:${person.foreignId}`;
  const hash = createHash('sha256').update(keyOf(person, destination) ?? '');
  return `${destination.source}:${hash.digest('base64url').slice(0, 22)}`;
}

const present = <Value>(values: readonly (Value | null)[]) => [...new Set(values.filter((each) => each !== null))];

async function directoryOf(people: readonly Person[], destination: Destination): Promise<Directory> {
  const { database, programId, source } = destination;
  const rows = await database.query<{ kind: keyof Directory; key: string; id: string }>(lookUp(database.schema), [
    present(people.map((each) => nameOf(each, destination))),
    programId,
    source,
    present(people.map(({ foreignId }) => foreignId)),
    present(people.map((each) => keyOf(each, destination))),
  ]);
  const found: Directory = { byName: new Map(), byForeignId: new Map(), byAddress: new Map() };
  for (const { kind, key, id } of rows) found[kind].set(key, id);
  return found;
}

/** Where the host's own id is given it alone says who it is. */
function findIn(directory: Directory, person: Person, destination: Destination): string | null {
  const byName = directory.byName.get(nameOf(person, destination)) ?? null;
  if (person.externalId !== null) return byName;
  const key = keyOf(person, destination);
  return (
    (person.foreignId !== null && directory.byForeignId.get(person.foreignId)) ||
    (key !== null && directory.byAddress.get(key)) ||
    byName
  );
}

/** Who each of these is; `null` where nobody is known by it. */
export async function findPeople(
  people: readonly (Person | null)[],
  destination: Destination,
): Promise<(string | null)[]> {
  const directory = await directoryOf(present(people), destination);
  return people.map((person) => person && findIn(directory, person, destination));
}

/** In the order of their names, as all that is imported goes in by the order of what makes it unique: imports wait in no circle. */
const insertPeople = (schema: string) => `
insert into ${schema}.participant (id, external_id, display_name, avatar_url, metadata, created_at, updated_at)
select id, external_id, display_name, avatar_url, metadata::jsonb, coalesce(created_at, $7::timestamptz, now()),
  coalesce($7::timestamptz, now())
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
  as each(id, external_id, display_name, avatar_url, metadata, created_at)
order by external_id
on conflict (external_id) do nothing returning id`;

/**
 * Finds or makes each of these, and keeps by which id and address they are known.
 * @throws Overtaken
 */
export async function meetPeople(
  people: readonly (Person | null)[],
  destination: Destination,
): Promise<({ id: string; isNew: boolean } | null)[]> {
  const { programId, source, now } = destination;
  const { query, schema } = destination.database;
  const directory = await directoryOf(present(people), destination);
  const made: { id: string; name: string; person: Person }[] = [];
  const met = people.map((person) => {
    if (person === null) return null;
    const known = findIn(directory, person, destination);
    const id = known ?? uuidv7();
    const name = nameOf(person, destination);
    if (known === null) {
      made.push({ id, name, person });
      directory.byName.set(name, id);
    }
    const key = keyOf(person, destination);
    if (person.foreignId !== null && !directory.byForeignId.has(person.foreignId)) {
      directory.byForeignId.set(person.foreignId, id);
    }
    if (key !== null && !directory.byAddress.has(key)) directory.byAddress.set(key, id);
    return { id, isNew: known === null, person };
  });
  if (made.length > 0) {
    const shown = ({ displayName }: Person) => (displayName === null ? null : destination.publicName(displayName));
    const written = await query(insertPeople(schema), [
      made.map(({ id }) => id),
      made.map(({ name }) => name),
      made.map(({ person }) => shown(person)),
      made.map(({ person }) => person.avatarUrl),
      made.map(({ person }) => JSON.stringify(person.metadata)),
      made.map(({ person }) => person.createdAt),
      now,
    ]);
    if (written.length < made.length) throw new Overtaken();
  }
  const named = met.flatMap((each) => (each?.person.foreignId ? [{ ...each, foreignId: each.person.foreignId }] : []));
  await query(
    `insert into ${schema}.import_identity (program_id, source, foreign_id, participant_id)
     select $1, $2, foreign_id, id from unnest($3::text[], $4::uuid[]) with ordinality as each(foreign_id, id, ord)
     order by foreign_id, ord on conflict do nothing`,
    [programId, source, named.map(({ foreignId }) => foreignId), named.map(({ id }) => id)],
  );
  const reached = met.flatMap((each) => (each?.person.email ? [{ id: each.id, email: each.person.email }] : []));
  await query(
    `insert into ${schema}.participant_contact (participant_id, email, email_key, email_domain)
     select id, email, email_key, email_domain from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) with ordinality
       as each(id, email, email_key, email_domain, ord)
     order by id, ord on conflict do nothing`,
    [
      reached.map(({ id }) => id),
      reached.map(({ email }) => email),
      reached.map(({ email }) => emailKey(destination.personKey, email)),
      reached.map(({ email }) => emailDomain(email)),
    ],
  );
  return met.map((each) => each && { id: each.id, isNew: each.isNew });
}
