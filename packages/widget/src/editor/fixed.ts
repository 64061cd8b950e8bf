import type { Contest } from './form.ts';

/** What decides the outcome: nobody changes it under those who take part. As the server has it. */
const decides = new Set(
  'startsAt startsAgain endsAt endsAgain timeZone period scoring kind tiePolicy prizes mostEntries eligibility draw teamSize league instantWin actions'.split(
    ' ',
  ),
);

/** Whether a setting of a contest cannot change any more. */
export function isFixed(contest: Contest | 'new', field: string): boolean {
  if (contest === 'new') return false;
  const { state } = contest;
  if (field === 'slug' || state === 'frozen' || state === 'drawn' || state === 'closed') return true;
  return (state === 'live' || state === 'paused') && decides.has(field);
}
