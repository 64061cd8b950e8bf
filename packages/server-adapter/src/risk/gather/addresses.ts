import { mostPeers } from '../signals/graph.ts';

/** What sightings say of a referral; all of it goes when they expire. */
export interface AddressesRow {
  id: string;
  sameIp: boolean;
  sameDevice: boolean;
  samePayment: boolean;
  datacentre: boolean;
  listedIp: boolean;
  ipSignups: number;
  devicePeers: number;
}

/** However much was seen of somebody, so much is looked at. */
const most = { sightings: 20, onAddress: 40, steps: 80, deep: 3 };

/** SQL: who else was seen with a device. */
const withDevice = (schema: string, hash: string) => `
  select participant_id from ${schema}.sighting
  where kind = 'device' and value_hash = ${hash} and participant_id is not null
    and expires_at > coalesce($2::timestamptz, now()) limit ${mostPeers}`;

/**
 * Parameters: referral ids, instant or null. A referee was seen by name and as the visitor of the click. Groups on shared
 * devices are followed from one to the next. Everything is looked up through indexes, one by one and to a bound (`offset 0`
 * keeps the planner from doing it otherwise), so a farm on one address costs no more than a family.
 */
export const addresses = (schema: string) => `
select asked.id, coalesce(found."sameIp", false) as "sameIp", coalesce(found."sameDevice", false) as "sameDevice",
  coalesce(found."samePayment", false) as "samePayment",
  coalesce(found.datacentre, false) as datacentre, coalesce(found."listedIp", false) as "listedIp",
  near.signups as "ipSignups", peers.count as "devicePeers"
from ${schema}.referral asked
cross join lateral (
  select bool_or(seen.kind = 'ip' and seen.shared) as "sameIp", bool_or(seen.kind = 'device' and seen.shared) as "sameDevice",
    bool_or(seen.kind = 'payment' and seen.shared) as "samePayment",
    bool_or(seen.datacentre) as datacentre, bool_or(seen.listed) as "listedIp",
    array_agg(distinct seen.value_hash) filter (where seen.kind = 'ip') as ips,
    array_agg(distinct seen.value_hash) filter (where seen.kind = 'device') as devices
  from (
    select own.kind, own.value_hash, own.datacentre,
      (select count(*) from ${schema}.sighting theirs where theirs.participant_id = asked.referrer_id
        and theirs.kind = own.kind and theirs.value_hash = own.value_hash
        and theirs.expires_at > coalesce($2::timestamptz, now())) > 0 as shared,
      own.kind = 'ip' and (select count(*) from ${schema}.risk_listing listing
        where listing.removed_at is null and listing.kind = 'ip'
          and (listing.program_id is null or listing.program_id = asked.program_id)
          and (listing.value = own.value_hash or listing.id = any (own.listings))) > 0 as listed
    from (
      (select kind, value_hash, datacentre, listings from ${schema}.sighting
        where participant_id = asked.referee_id and expires_at > coalesce($2::timestamptz, now())
        order by seen_at desc limit ${most.sightings})
      union
      (select kind, value_hash, datacentre, listings from ${schema}.sighting
        where click_id = asked.click_id and expires_at > coalesce($2::timestamptz, now()) limit 4)
    ) own
    offset 0
  ) seen
) found
cross join lateral (
  select count(distinct beside.participant_id)::int as signups
  from unnest(found.ips) as ip(hash)
  cross join lateral (
    select sighting.participant_id from ${schema}.sighting
    where kind = 'ip' and value_hash = ip.hash and participant_id is not null
      and seen_at > asked.created_at - interval '1 day' and seen_at <= asked.created_at + interval '1 hour'
    order by seen_at desc limit ${most.onAddress}
  ) beside
  cross join lateral (
    select from ${schema}.referral other
    where other.program_id = asked.program_id and other.referee_id = beside.participant_id
      and other.created_at > asked.created_at - interval '1 day' and other.created_at <= asked.created_at
    offset 0
  ) other
) near
cross join lateral (
  with recursive linked as (
    select beside.participant_id as person, 1 as deep
    from unnest(found.devices) as device(hash) cross join lateral (${withDevice(schema, 'device.hash')}) beside
    union
    select beside.participant_id, linked.deep + 1
    from linked
    cross join lateral (
      select value_hash as hash from ${schema}.sighting
      where participant_id = linked.person and kind = 'device' limit ${most.sightings}
    ) device
    cross join lateral (${withDevice(schema, 'device.hash')}) beside
    where linked.deep < ${most.deep}
  )
  select count(*)::int as count
  from (select distinct person from (select person from linked limit ${most.steps}) bounded) reached
  cross join lateral (
    select from ${schema}.referral other
    where other.program_id = asked.program_id and other.referee_id = reached.person offset 0
  ) other
) peers
where asked.id = any($1::uuid[])`;
