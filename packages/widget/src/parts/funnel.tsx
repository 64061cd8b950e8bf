import type { Language } from '../i18n/index.ts';
import type { Me } from '../stores/referral.ts';
import { Icon } from './icon.tsx';

interface StatProps {
  name: 'clicks' | 'joined' | 'qualified';
  value: number;
  most: number;
  language: Language;
}

const Stat = ({ name, value, most, language }: StatProps) => (
  <div class="stat">
    <dt>{language.say(name, { n: value })}</dt>
    <dd class="numbers">
      <span class="meter" part="progress">
        <i style={{ 'inline-size': `${most > 0 ? Math.min(100, (value / most) * 100) : 0}%` }} />
      </span>
      {language.number(value)}
    </dd>
  </div>
);

/** What came of the link, in numbers with their words, and the points so far. */
export function Funnel({ me: { counts, points }, language }: { me: Me; language: Language }) {
  const { say } = language;
  const most = Math.max(counts.clicks, counts.referrals, counts.qualified);
  return (
    <div class="funnel">
      <dl class="stats" aria-label={say('soFar')}>
        <Stat name="clicks" value={counts.clicks} most={most} language={language} />
        <Stat name="joined" value={counts.referrals} most={most} language={language} />
        <Stat name="qualified" value={counts.qualified} most={most} language={language} />
      </dl>
      {points > 0 && (
        <p class="purse numbers">
          <Icon name="purse" />
          <span>{say('points', { n: points })}</span>
        </p>
      )}
      <p class="muted small">
        {most === 0 && `${say('firstStep')} `}
        {say('onlyYou')}
      </p>
    </div>
  );
}
