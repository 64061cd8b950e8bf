import { mostPeers } from '../signals/graph.ts';

/** What sightings say of a referral; all of it goes when they expire. */
export interface AddressesRow {
  id: string;
  sameIp: boolean;
  sameDevice: boolean;
  datacentre: boolean;
  listedIp: boolean;
  ipSignups: number;
  devicePeers: number;
}

/** However much was seen of somebody, so much is looked at. */
const most = { sightings: 50, onAddress: 60, onDevice: 60, steps: 200, deep: 3 };

/**
 * Parameters: referral ids, instant or null. A referee was seen by name and as the visitor of the click. Groups on shared
 * devices are followed from one to the next, to a bound.
 */
export const addresses = (schema: string) => `
with asked as materialized (
  select id, program_id, referrer_id, referee_id, click_id, created_at from ${schema}.referral where id = any($1::uuid[])
),
own as materialized (
  select asked.id, asked.program_id, asked.referrer_id, asked.referee_id, asked.created_at, seen.kind, seen.value_hash,
    seen.datacentre, seen.listings
  from asked cross join lateral (
    (select kind, value_hash, datacentre, listings from ${schema}.sighting
      where participant_id = asked.referee_id and expires_at > coalesce($2::timestamptz, now())
      order by seen_at desc limit ${most.sightings})
    union
    (select kind, value_hash, datacentre, listings from ${schema}.sighting
      where click_id = asked.click_id and expires_at > coalesce($2::timestamptz, now()) limit 4)
  ) seen
)
select asked.id, coalesce(found."sameIp", false) as "sameIp", coalesce(found."sameDevice", false) as "sameDevice",
  coalesce(found.datacentre, false) as datacentre, coalesce(found."listedIp", false) as "listedIp",
  coalesce(near.signups, 0)::int as "ipSignups", coalesce(peers.count, 0)::int as "devicePeers"
from asked
left join lateral (
  select bool_or(own.kind = 'ip' and theirs.kind is not null) as "sameIp",
    bool_or(own.kind = 'device' and theirs.kind is not null) as "sameDevice", bool_or(own.datacentre) as datacentre,
    bool_or(own.kind = 'ip' and exists (
      select from ${schema}.risk_listing listing where listing.removed_at is null and listing.kind = 'ip'
        and (listing.program_id is null or listing.program_id = own.program_id)
        and (listing.value = own.value_hash or listing.id = any (own.listings))
    )) as "listedIp"
  from own left join ${schema}.sighting theirs
    on theirs.participant_id = own.referrer_id and theirs.kind = own.kind and theirs.value_hash = own.value_hash
  where own.id = asked.id
) found on true
left join lateral (
  select count(distinct beside.participant_id) as signups
  from own cross join lateral (
    select sighting.participant_id from ${schema}.sighting
    where kind = 'ip' and sighting.value_hash = own.value_hash and sighting.participant_id is not null
      and seen_at > own.created_at - interval '1 day' and seen_at <= own.created_at + interval '1 hour'
    order by seen_at desc limit ${most.onAddress}
  ) beside
  join ${schema}.referral other on other.program_id = own.program_id and other.referee_id = beside.participant_id
    and other.created_at > own.created_at - interval '1 day' and other.created_at <= own.created_at
  where own.id = asked.id and own.kind = 'ip'
) near on true
left join lateral (
  with recursive linked as (
    select beside.participant_id as person, 1 as deep
    from own cross join lateral (
      select sighting.participant_id from ${schema}.sighting
      where kind = 'device' and sighting.value_hash = own.value_hash and sighting.participant_id is not null
      limit ${most.onDevice}
    ) beside
    where own.id = asked.id and own.kind = 'device'
    union
    select beside.participant_id, linked.deep + 1
    from linked
    join ${schema}.sighting device on device.participant_id = linked.person and device.kind = 'device'
    cross join lateral (
      select sighting.participant_id from ${schema}.sighting
      where kind = 'device' and sighting.value_hash = device.value_hash and sighting.participant_id is not null
      limit ${most.onDevice}
    ) beside
    where linked.deep < ${most.deep}
  )
  select count(*) as count from (
    select distinct reached.person from (select person from linked limit ${most.steps}) reached
    join ${schema}.referral on referral.program_id = asked.program_id and referral.referee_id = reached.person
    limit ${mostPeers}
  ) known
) peers on true`;
