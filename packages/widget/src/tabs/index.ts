import type { h as create, TargetedKeyboardEvent } from 'preact';
import type { Language } from '../i18n/index.ts';
import type { Contest, Window } from '../stores/leaderboard.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

const windows = ['all', 'period'] as const;

/**
 * The two spans of time as tabs after the ARIA pattern: one stop for Tab, any arrow to the side chooses the other. `h` is
 * that of the script, so that there is one Preact.
 */
export function tabs(
  h: typeof create,
  chosen: Window,
  period: Contest['period'],
  choose: (window: Window) => void,
  { say }: Language,
) {
  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (!/^Arrow(Left|Right)$/.test(event.key)) return;
    event.preventDefault();
    const other = 1 - windows.indexOf(chosen);
    choose(windows[other] as Window);
    (event.currentTarget.children[other] as HTMLElement).focus();
  }
  const tab = (window: Window) =>
    h(
      'button',
      {
        key: window,
        type: 'button',
        role: 'tab',
        class: 'tab',
        part: 'tab',
        'aria-selected': window === chosen,
        'aria-controls': 'panel',
        tabIndex: window === chosen ? 0 : -1,
        onClick: () => choose(window),
      },
      say(window === 'all' || period === 'contest' ? 'all' : period),
    );
  const list = { role: 'tablist', 'aria-label': say('board'), tabIndex: -1, onKeyDown };
  return h('div', { class: 'tabs', ...list }, windows.map(tab));
}
