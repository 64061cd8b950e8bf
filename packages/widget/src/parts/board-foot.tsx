import { chunk } from '../chunks.ts';
import type { Language } from '../i18n/index.ts';
import { kit } from '../kit.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';

/** How many take part, as of when, one tap away how points and ties work, and after the end the way to check the results. */
export function boardFoot(view: View, store: Leaderboard, language: Language, over: boolean) {
  const { say, date } = language;
  const { participants } = view.page;
  return (
    <div class="foot small muted" part="footer">
      <p class="facts numbers">
        <span>{participants > 0 && say('people', { n: participants })}</span>
        <span>{say('asOf', { time: date(view.at, 'time') })}</span>
      </p>
      <details onToggle={() => store.set({ rules: true })}>
        <summary>{say('how')}</summary>
        <ul>{store.state.value.rules && chunk('rules')?.rules(kit, view, language)}</ul>
      </details>
      {/* Its line is kept until it is there. */}
      {over && <p>{chunk('rules')?.verify(kit, view, language) ?? '\u00a0'}</p>}
    </div>
  );
}
