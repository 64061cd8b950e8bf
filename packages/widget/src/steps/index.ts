import { learn } from '../contest/learn.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import { formWords } from '../parts/form-words.ts';
import type { Drawn } from '../views/kind.ts';
import { step } from './step.ts';
import { words } from './words.ts';

export { style } from './style.ts';

/** All that the file brings in English. */
export const english: typeof words & typeof formWords = { ...words, ...formWords };

/** What can be done for points: each step with its state, what it gives, and its own small form. */
export function steps(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { language, heading } = drawn;
  if (!learn(kit, language, english)) return null;
  const { contest, me } = store.state.value.view as View;
  const done = me?.actions.filter(({ state }) => state === 'done').length ?? 0;
  return h(
    'section',
    { class: 'todos', role: 'group', 'aria-label': language.say('steps') },
    h(
      'div',
      { class: 'facts' },
      h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, language.say('steps')),
      me && h('p', { class: 'small muted numbers' }, language.say('stepsDone', { done, all: contest.actions.length })),
    ),
    h(
      'ol',
      { class: 'todo' },
      contest.actions.map((action) => step(kit, store, action, drawn)),
    ),
  );
}
