/**
 * What thousands of writes a second touch. Foreign keys cost a third of a conversion, and its statement finds the rows it
 * refers to by itself; nothing of Laurel's ever deletes a participant, programme, referral or contest.
 */
export const hotTables = `
alter table conversion
  drop constraint conversion_program_id_fkey,
  drop constraint conversion_participant_id_fkey,
  drop constraint conversion_referral_id_program_id_fkey,
  drop constraint conversion_referrer_id_fkey;
alter table ledger drop constraint ledger_contest_id_fkey;
alter table standing drop constraint standing_contest_id_fkey;
alter table click
  drop constraint click_program_id_fkey,
  drop constraint click_referrer_id_fkey;
`;
