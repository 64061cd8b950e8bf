/**
 * SQL: whether the participant `participantId` (SQL) may win in the contest `contest`: not disqualified, and all that its
 * settings ask is confirmed by joining. Where nothing is asked, everybody may.
 */
export const mayWin = (schema: string, participantId: string) => `(
  not exists (
    select from ${schema}.contest_disqualification
    where contest_disqualification.contest_id = contest.id and contest_disqualification.participant_id = ${participantId})
  and ((
    contest.settings #> '{eligibility,countries}' = 'null' and contest.settings #> '{eligibility,minimumAge}' = 'null'
    and contest.settings #> '{eligibility,verifiedEmail}' = 'false'
  ) or exists (
    select from ${schema}.contest_entrant entrant
    where entrant.contest_id = contest.id and entrant.participant_id = ${participantId}
      and (contest.settings #> '{eligibility,countries}' = 'null'
        or contest.settings #> '{eligibility,countries}' ? entrant.country)
      and (contest.settings #> '{eligibility,minimumAge}' = 'null' or entrant.age_confirmed)
      and (contest.settings #> '{eligibility,verifiedEmail}' = 'false' or exists (
        select from ${schema}.participant_contact contact
        where contact.participant_id = entrant.participant_id and contact.confirmed_at is not null))
  ))
)`;
