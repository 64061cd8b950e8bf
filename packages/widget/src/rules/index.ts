import { addressOf } from '../contest/foot.ts';
import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import { tieMessage } from '../parts/tie-words.ts';
import type { View } from '../stores/leaderboard.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** How points and ties work, and from when to when the board counts, each in a sentence. */
function rulesOf({ contest, page }: View, { say, date }: Language): string[] {
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

/** The rules as lines of a list. */
export const rules = ({ h }: Kit, view: View, language: Language) =>
  rulesOf(view, language).map((rule) => h('li', { key: rule }, rule));

/** After the end: the way to the public results, where everybody finds how to check them. */
export const verify = (kit: Kit, { contest }: View, { say }: Language) =>
  kit.h(
    kit.Link,
    { href: addressOf(kit, contest.id, 'results.html'), outside: true, part: 'verify' },
    say('checkResults'),
  );
