import type { Kit } from '../kit.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Drawn } from '../views/kind.ts';
import { copyField } from './copy-field.ts';
import type { ContestStore, View } from './state.ts';

/** The place in line, and the link that moves it up. */
export function line(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { say, number } = drawn.language;
  const { contest, me, link } = store.state.value.view as View;
  const { position = 0, of = 0 } = me?.position ?? {};
  const over = phaseOf(contest) === 'over';
  return h(
    'div',
    { class: 'panel line', part: 'position' },
    h('p', { class: 'figure numbers', 'aria-hidden': true }, number(position)),
    h(
      'div',
      null,
      h('p', { class: 'strong numbers' }, say('position', { position, of })),
      h('p', { class: 'small muted' }, say(over ? 'positionOver' : 'positionHint')),
    ),
    link &&
      !over &&
      copyField(
        kit,
        store,
        drawn,
        'link',
        link,
        { label: say('linkLabel'), copy: say('copy'), said: say('copiedSaid'), failed: say('copyFailed') },
        (from) => kit.emit(from, 'copy', { link }),
      ),
  );
}
