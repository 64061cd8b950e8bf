/** Places in line: who joined and does not stand in line says so, whatever a process remembers. */
export const placesInLine = `
-- Of waitlists alone it means anything. A contest can become one until it begins.
alter table contest_entrant add column awaits_place boolean not null default true;
update contest_entrant set awaits_place = false
where exists (select from ledger
    where ledger.contest_id = contest_entrant.contest_id and cause = 'joined:' || contest_entrant.participant_id)
  or exists (select from ledger_intake intake
    where intake.contest_id = contest_entrant.contest_id and cause = 'joined:' || contest_entrant.participant_id);
create index contest_entrant_awaiting on contest_entrant (contest_id) where awaits_place;
`;
