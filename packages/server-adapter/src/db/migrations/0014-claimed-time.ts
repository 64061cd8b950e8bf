/**
 * Claimed time: beside the video that the events of an enrolment claim, what they claim to have been in front of the learner. Where
 * nodes of before still write meanwhile, `laurel recount courses --rebuild` counts what they left out.
 */
export const claimedTime = `
-- Every event by itself, in milliseconds.
alter table enrolment add column spent_ms bigint not null default 0;
update enrolment set spent_ms = claimed.ms
from (
  select enrolment_id, sum(round(1000 * extract(epoch from upper(spent) - lower(spent))))::bigint as ms
  from progress_event where spent is not null group by enrolment_id
) claimed
where claimed.enrolment_id = enrolment.id;
`;
