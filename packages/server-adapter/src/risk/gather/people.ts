import type { RiskMode } from '../../db/risk-tables.ts';
import type { Facts } from '../facts.ts';
import { mostColleagues } from '../signals/domain.ts';
import { longestCycle } from '../signals/graph.ts';

/** A referral and the two people of it. */
export interface PeopleRow {
  id: string;
  programId: string;
  mode: RiskMode;
  createdAt: Date;
  paidAdsAllowed: boolean;
  /** Public and private. */
  referrerNames: string[];
  refereeNames: string[];
  referrerEmail: string | null;
  refereeEmail: string | null;
  sameMailbox: boolean;
  repeatedMailbox: boolean;
  /** The domain now, then those before. */
  referrerDomains: string[];
  refereeDomains: string[];
  domainSizes: Record<string, number>;
  clickedAt: Date | null;
  landingUrl: string | null;
  listed: Facts['listed'];
  /** How many people stand in the circle that the referral closes. */
  circle: number | null;
}

const domainsOf = (schema: string, person: string) => `array(
  select domain from (
    select email_domain as domain, 0 as age from ${schema}.participant_contact where participant_id = ${person}
    union all select domain, 1 from ${schema}.participant_former_domain where participant_id = ${person}
  ) each order by age, domain)`;

const namesOf = (schema: string, person: string) => `array_remove(array[${person}.display_name,
    (select name from ${schema}.participant_private where participant_id = ${person}.id)], null)`;

/** Parameters: referral ids. Each referee has one referrer in a programme, so a circle is looked for by climbing. */
export const people = (schema: string) => `
select referral.id, referral.program_id as "programId", program.risk_mode as mode, referral.created_at as "createdAt",
  program.paid_ads_allowed as "paidAdsAllowed", ${namesOf(schema, 'referrer')} as "referrerNames",
  ${namesOf(schema, 'referee')} as "refereeNames", theirs.email as "referrerEmail", own.email as "refereeEmail",
  coalesce(own.email_key = theirs.email_key, false) as "sameMailbox",
  exists (
    select from ${schema}.participant_contact twin where twin.email_key = own.email_key
      and twin.participant_id not in (referral.referrer_id, referral.referee_id)
  ) as "repeatedMailbox",
  domains.referrer as "referrerDomains", domains.referee as "refereeDomains",
  (select coalesce(jsonb_object_agg(shared.domain, (
      select count(*) from (
        select from ${schema}.participant_contact where email_domain = shared.domain limit ${mostColleagues + 1}
      ) bounded
    )), '{}')
    from (select unnest(domains.referrer) as domain intersect select unnest(domains.referee)) shared) as "domainSizes",
  click.created_at as "clickedAt", click.landing_url as "landingUrl",
  (select coalesce(jsonb_agg(distinct jsonb_build_object('kind', listing.kind, 'side', side.name)), '[]')
    from (values ('referrer', referral.referrer_id, theirs.email_key, domains.referrer[1]),
      ('referee', referral.referee_id, own.email_key, domains.referee[1])) as side(name, participant, mailbox, domain)
    join ${schema}.risk_listing listing on listing.removed_at is null
      and (listing.program_id is null or listing.program_id = referral.program_id)
      and (listing.kind, listing.value) in (('participant', side.participant::text), ('email', side.mailbox), ('email_domain', side.domain))
  ) as listed,
  (with recursive climb as (
      select referral.referrer_id as person, 1 as steps
      union all
      select above.referrer_id, climb.steps + 1 from climb
      join ${schema}.referral above on above.program_id = referral.program_id and above.referee_id = climb.person
      where climb.steps < ${longestCycle} and climb.person <> referral.referee_id
    ) select steps from climb where person = referral.referee_id limit 1) as circle
from ${schema}.referral
join ${schema}.program on program.id = referral.program_id
join ${schema}.participant referrer on referrer.id = referral.referrer_id
join ${schema}.participant referee on referee.id = referral.referee_id
left join ${schema}.participant_contact theirs on theirs.participant_id = referral.referrer_id
left join ${schema}.participant_contact own on own.participant_id = referral.referee_id
left join lateral (
  select created_at, landing_url from ${schema}.click
  where click.program_id = referral.program_id and click.id = referral.click_id limit 1
) click on true
cross join lateral (
  select ${domainsOf(schema, 'referral.referrer_id')} as referrer, ${domainsOf(schema, 'referral.referee_id')} as referee
) domains
where referral.id = any($1::uuid[])`;
