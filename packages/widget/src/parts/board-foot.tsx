import type { Language } from '../i18n/index.ts';
import type { View } from '../stores/leaderboard.ts';

interface FootProps {
  view: View;
  language: Language;
}

/** How many take part, as of when, and one tap away how points and ties work. */
export function BoardFoot({ view: { contest, page, at }, language: { say, date } }: FootProps) {
  const zone = contest.timeZone;
  const rule = ({ event, points }: { event: string; points: number }, index: number) => {
    const worth = say('points', { n: points });
    if (event === 'referral') return say('ruleReferral', { points: worth });
    return event === '*'
      ? say(index > 0 ? 'ruleRest' : 'ruleAny', { points: worth })
      : say('ruleEvent', { points: worth, event });
  };
  return (
    <div class="foot" part="footer">
      <p class="facts numbers">
        <span>{page.participants > 0 && say('people', { n: page.participants })}</span>
        <span>{say('asOf', { time: date(at, 'time') })}</span>
      </p>
      <details>
        <summary>{say('how')}</summary>
        <ul class="rules">
          {contest.scoring.map((each, index) => (
            <li key={each.event}>{rule(each, index)}</li>
          ))}
          <li>{say('tieRule')}</li>
          <li>{say('runs', { from: date(page.startsAt, 'full', zone), to: date(page.endsAt, 'full', zone), zone })}</li>
        </ul>
      </details>
    </div>
  );
}
