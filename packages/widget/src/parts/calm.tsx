import type { Language } from '../i18n/index.ts';
import type { View } from '../stores/leaderboard.ts';
import type { Phase } from '../stores/phase.ts';
import { Wreath } from './icon.tsx';

interface CalmProps {
  phase: Phase;
  view: View;
  language: Language;
}

/** What stands where rows will be: not started, hidden until the end, or nobody there yet. */
export function Calm({ phase, view: { contest, page }, language: { say, date } }: CalmProps) {
  const [title, text] =
    phase === 'soon'
      ? [say('soonTitle'), say('soon', { date: date(contest.startsAt, 'full') })]
      : page.hidden
        ? [say('hiddenTitle'), say('hidden', { date: date(contest.endsAt, 'full') })]
        : phase === 'over'
          ? ['', say('nobody')]
          : [say('emptyTitle'), say('empty')];
  return (
    <div class="calm">
      <Wreath />
      {title && <b>{title}</b>}
      <p class="muted">{text}</p>
    </div>
  );
}
