import { chunk } from '../chunks.ts';
import type { Language } from '../i18n/index.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';

/** How many take part, as of when, and one tap away how points and ties work. */
export function boardFoot(view: View, store: Leaderboard, language: Language) {
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
        <ul>
          {store.state.value.rules &&
            chunk('rules')
              ?.rulesOf(view, language)
              .map((rule) => <li key={rule}>{rule}</li>)}
        </ul>
      </details>
    </div>
  );
}
