import { sideState } from '../settlement/verdict.ts';

/** SQL for the state of a review whose sides stand so: what is left to do comes first. */
const summary = (
  referrer: string,
  referee: string,
) => `case when 'appealed' in (${referrer}, ${referee}) then 'appealed'
    when 'open' in (${referrer}, ${referee}) then 'open' when 'rejected' in (${referrer}, ${referee}) then 'rejected' else 'approved' end`;

/** SQL for the columns of a review: its sides where they differ, else the state alone. */
export const writeSides = (referrer: string, referee: string): string => `state = ${summary(referrer, referee)},
    referrer_state = case when ${referrer} <> ${referee} then ${referrer} end,
    referee_state = case when ${referrer} <> ${referee} then ${referee} end`;

/** SQL for the state of the side that participant `$1` is on. */
export const ownSide = (participant: string): string =>
  `case when review.referrer_id = ${participant} then ${sideState('referrer')} else ${sideState('referee')} end`;

/** SQL for both sides as JSON. */
export const sidesJson = `jsonb_build_object('referrer', ${sideState('referrer')}, 'referee', ${sideState('referee')})`;
