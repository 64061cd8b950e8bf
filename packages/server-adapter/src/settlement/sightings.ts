import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Queryable } from '../db/storage.ts';
import { bucketOf } from '../http/address.ts';
import { deleteInBatches } from '../prune.ts';

/** What the server saw of somebody: a participant, or the visitor behind a click. */
export type Seen = ({ participantId: string; clickId?: undefined } | { clickId: string; participantId?: undefined }) & {
  /** The address as text, or its bucket (`Context.address`). What is no address is left out. */
  ip?: string | null | undefined;
  /** The `User-Agent` header. */
  userAgent?: string | null | undefined;
};

/** How sightings are kept. */
export interface SightingRules {
  /** Derived for the purpose `person`. */
  key: Buffer;
  /** Days until a sighting is deleted, from when it was last seen. */
  keepDays: number;
  /** Whether an address is a datacentre's. The answer is kept, the address is not. */
  isDatacentre(address: string): boolean;
}

const hash = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** The address without the mark of its bucket and without a zone (RFC 4007), or `null` where there is none. */
function addressIn(text: string | null | undefined): string | null {
  const address = text?.replace(/\/64$|%.*$/, '') ?? '';
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
}

/** The keyed hash of an address: of all of an IPv4 address, of the /64 of an IPv6 address. `null` where there is none. */
export function addressKey(key: Buffer, ip: string | null | undefined): string | null {
  const address = addressIn(ip);
  return address === null ? null : hash(key, `ip:${bucketOf(address)}`);
}

/**
 * The keyed hash of a browser at an address. A browser's name alone is that of millions, and looking closer would be
 * fingerprinting: so a device is told only as long as it stays at its address.
 */
export function deviceKey(
  key: Buffer,
  ip: string | null | undefined,
  userAgent: string | null | undefined,
): string | null {
  const address = addressIn(ip);
  return address === null || !userAgent ? null : hash(key, `device:${bucketOf(address)}\n${userAgent}`);
}

/**
 * Parameters: participants, clicks, address hashes, device hashes, whether of a datacentre, addresses (compared with listed
 * ranges, not kept), instant or null, days. What was seen of a participant before is kept for longer, at most once a day.
 */
const statement = (schema: string) => `
insert into ${schema}.sighting (kind, value_hash, participant_id, click_id, datacentre, listings, seen_at, expires_at)
select distinct on (seen.participant_id, seen.click_id, kind, value_hash) kind, value_hash, seen.participant_id, seen.click_id,
  kind = 'ip' and seen.datacentre,
  case when kind = 'ip' then array(
    select id from ${schema}.risk_listing
    where kind = 'ip' and removed_at is null and strpos(value, '/') > 0 and seen.address::inet <<= value::inet
  ) else '{}' end,
  coalesce($7::timestamptz, now()), coalesce($7::timestamptz, now()) + make_interval(days => $8)
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[])
  as seen(participant_id, click_id, ip_hash, device_hash, datacentre, address)
cross join lateral (values ('ip', seen.ip_hash), ('device', seen.device_hash)) as each(kind, value_hash)
where value_hash is not null
order by seen.participant_id, seen.click_id, kind, value_hash
on conflict (participant_id, kind, value_hash) where participant_id is not null
  do update set expires_at = excluded.expires_at, datacentre = excluded.datacentre, listings = excluded.listings
  where sighting.expires_at < excluded.expires_at - interval '1 day'`;

/**
 * Keeps what was seen of participants or clicks, hashed, until it expires. Seeing the same again changes nothing.
 * @param options.now - the instant, or `null` for the database's clock
 */
export async function recordSightings(
  database: Queryable & { readonly schema: string },
  seen: Seen | readonly Seen[],
  { key, keepDays, isDatacentre, now }: SightingRules & { now: Date | null },
): Promise<void> {
  const all = (Array.isArray(seen) ? (seen as readonly Seen[]) : [seen as Seen]).flatMap((each) => {
    const address = addressIn(each.ip);
    return address === null ? [] : [{ ...each, address }];
  });
  if (all.length === 0) return;
  await database.query(statement(database.schema), [
    all.map(({ participantId }) => participantId ?? null),
    all.map(({ clickId }) => clickId ?? null),
    all.map(({ address }) => addressKey(key, address)),
    all.map(({ address, userAgent }) => deviceKey(key, address, userAgent)),
    all.map(({ address }) => isDatacentre(address)),
    all.map(({ address }) => address),
    now,
    keepDays,
  ]);
}

/** Forgets sightings whose time is over, and payments of people that nobody got to know, some at a time. */
export async function forgetSightings(queryable: Queryable, schema: string): Promise<void> {
  for (const table of ['sighting', 'stripe_means']) {
    await deleteInBatches(queryable, `${schema}.${table}`, 'expires_at <= now()');
  }
}
