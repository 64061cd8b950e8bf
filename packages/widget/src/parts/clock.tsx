import type { Language } from '../i18n/index.ts';
import type { Contest } from '../stores/leaderboard.ts';
import type { Phase } from '../stores/phase.ts';
import { Countdown } from './countdown.tsx';

interface ClockProps {
  phase: Phase;
  contest: Contest;
  /** Whether live updates flow. */
  live: boolean;
  language: Language;
  onZero(): void;
}

/** Time to the start or the end, or that it is over; a dot while updates flow. */
export function Clock({ phase, contest, live, language, onZero }: ClockProps) {
  const { say } = language;
  if (phase === 'over') return <p class="clock">{say(contest.state === 'frozen' ? 'ended' : 'final')}</p>;
  const soon = phase === 'soon';
  return (
    <p class="clock">
      {!soon && <span class={live ? 'dot on' : 'dot'}>{live && <span class="said">{say('live')}</span>}</span>}
      <Countdown
        key={contest.state}
        to={soon ? contest.startsAt : contest.endsAt}
        message={soon ? 'startsIn' : 'left'}
        language={language}
        onZero={onZero}
      />
    </p>
  );
}
