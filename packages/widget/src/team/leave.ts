import { focusLater, rootOf } from '../contest/focus.ts';
import { send } from '../contest/send.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { keepTeam } from './store.ts';

/** Leaving, asked once more before it is done. */
export function leave(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const sure = store.state.value.open === 'leave';
  const sent = store.sentOf('leave');
  async function onLeave(root: ShadowRoot): Promise<void> {
    const { contest } = store.state.peek().view as View;
    const left = await send(
      kit,
      store,
      drawn,
      'leave',
      (as) => kit.call(as, 'POST /contests/{contest}/teams/leave')({ contest: contest.id }),
      { team_not_found: 'teamLeft' },
    );
    if (!left) return;
    store.set({ open: '' });
    keepTeam(store, null);
    focusLater(root, '#team-name');
    drawn.say(say('teamLeft'));
  }
  return h(
    'div',
    { key: 'leave', class: 'leave' },
    sure && h('span', { class: 'small' }, say('teamLeaveSure')),
    h(
      'button',
      {
        type: 'button',
        class: sure ? 'button quiet' : 'textual small',
        'aria-disabled': sent.busy,
        onClick: ({ currentTarget }: MouseEvent) =>
          sure ? void onLeave(rootOf(currentTarget as Element)) : store.set({ open: 'leave' }),
      },
      say('teamLeave'),
    ),
    sure &&
      h(
        'button',
        {
          type: 'button',
          class: 'button quiet',
          onClick: ({ currentTarget }: MouseEvent) => {
            focusLater(rootOf(currentTarget as Element), '.leave button');
            store.set({ open: '' });
          },
        },
        say('teamStay'),
      ),
    sent.text && h('p', { class: 'small wrong', part: 'error' }, sent.text),
  );
}
