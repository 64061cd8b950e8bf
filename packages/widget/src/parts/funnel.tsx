import type { Language } from '../i18n/index.ts';
import type { Me } from '../stores/referral.ts';
import { bar } from './bar.tsx';

/** What came of the link, in numbers with their words, and the points so far. */
export function funnel({ counts, points }: Me, { say, number }: Language) {
  const { clicks, referrals, qualified } = counts;
  const most = Math.max(clicks, referrals, qualified);
  return (
    <div class="funnel numbers">
      <dl class="stats">
        {Object.entries({ clicks, joined: referrals, qualified }).map(([name, value]) => (
          <div key={name}>
            <dt class="muted small">{say(name as 'clicks', { n: value })}</dt>
            <dd>
              {bar(value, most)}
              {number(value)}
            </dd>
          </div>
        ))}
      </dl>
      {points > 0 && <p class="place">{say('points', { n: points })}</p>}
      <p class="muted small">
        {most === 0 && `${say('firstStep')} `}
        {say('onlyYou')}
      </p>
    </div>
  );
}
