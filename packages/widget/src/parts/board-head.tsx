import type { Language } from '../i18n/index.ts';
import type { BoardState, View } from '../stores/leaderboard.ts';
import { deadlineOf, type Phase } from '../stores/phase.ts';
import { countdownFigures, countdownWords } from './countdown-words.ts';

/** Time left: figures for the eye, words that change once a minute for those who listen. */
function countdown(phase: Phase, { contest }: View, { locale, say, date }: Language) {
  const to = deadlineOf(contest);
  const left = Date.parse(to) - Date.now();
  const message = phase === 'soon' ? 'startsIn' : 'left';
  if (left <= 0) return say('ending');
  return (
    <time dateTime={to} title={date(to, 'full')}>
      <span aria-hidden="true" class="numbers">
        {say(message, { time: countdownFigures(left, locale) })}
      </span>
      <span class="said">{say(message, { time: countdownWords(left, locale) })}</span>
    </time>
  );
}

/** Time to the start or the end, or that it is over; a dot while updates flow. */
export const clock = (phase: Phase, view: View, { live }: BoardState, language: Language) => (
  <p class="clock small muted">
    {phase === 'running' && (
      <span class={live ? 'dot on' : 'dot'}>{live && <span class="said">{language.say('live')}</span>}</span>
    )}
    {phase === 'over'
      ? language.say(view.contest.state === 'frozen' ? 'ended' : 'final')
      : countdown(phase, view, language)}
  </p>
);
