import type { Language } from '../i18n/index.ts';
import { tieMessage } from '../parts/tie-words.ts';
import type { View } from '../stores/leaderboard.ts';

export { words as english } from './words.ts';

/** How points and ties work, and from when to when the board counts, each in a sentence. */
export function rulesOf({ contest, page }: View, { say, date }: Language): string[] {
  const zone = contest.timeZone;
  const tie = tieMessage(contest);
  return [
    ...contest.scoring.map(({ event, points }, index) => {
      const worth = say('points', { n: points });
      if (event === 'referral') return say('ruleReferral', { points: worth });
      return event === '*'
        ? say(index > 0 ? 'ruleRest' : 'ruleAny', { points: worth })
        : say('ruleEvent', { points: worth, event });
    }),
    say('tieRule'),
    ...(tie ? [say(tie)] : []),
    say('runs', { from: date(page.startsAt, 'full', zone), to: date(page.endsAt, 'full', zone), zone }),
  ];
}
