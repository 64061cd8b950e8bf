import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { answers } from './answers.ts';
import { send } from './send.ts';
import type { ContestStore, View } from './state.ts';

const route = 'POST /contests/{contest}/plays';
const problems = { no_plays_left: 'noPlaysLeft', not_eligible: 'notEligible' } as const;

const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A play that got no answer is asked for again by the same key, so that it is never another one. */
const keys = new WeakMap<ContestStore, string>();

/** One play at a time, and calmly what became of it. */
export function play(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, checked, cleanName, emit } = kit;
  const { say, number } = drawn.language;
  const { view, played } = store.state.value;
  const { contest, me } = view as View;
  const sent = store.sentOf('play');
  const left = me?.playsLeft ?? 0;
  const may = left > 0 && me?.missing.length === 0 && contest.state === 'live';
  async function onClick({ currentTarget }: { currentTarget: Element }): Promise<void> {
    const panel = currentTarget.closest('.luck');
    const idempotencyKey = keys.get(store) ?? randomKey();
    keys.set(store, idempotencyKey);
    const answer = await send(
      kit,
      store,
      drawn,
      'play',
      (as) => checked(as, route, answers[route])({ contest: contest.id }, { idempotencyKey }),
      problems,
    );
    if (!answer) return;
    keys.delete(store);
    store.set({ played: answer });
    drawn.say(answer.prize === null ? say('playedNothing') : say('playedWon', { prize: cleanName(answer.prize) }));
    emit(currentTarget, 'played', { contest: contest.slug, prize: answer.prize });
    await store.read();
    setTimeout(() => !currentTarget.isConnected && panel?.querySelector<HTMLElement>('.outcome')?.focus(), 50);
  }
  return h(
    'div',
    { class: 'panel luck', part: 'play' },
    h('p', { class: 'strong' }, say('playTitle')),
    played &&
      h(
        'p',
        { key: played.number, class: played.prize === null ? 'outcome' : 'outcome lucky', tabIndex: -1 },
        h(
          'span',
          null,
          played.prize === null ? say('playedNothing') : say('playedWon', { prize: cleanName(played.prize) }),
        ),
        ' ',
        h('span', { class: 'small muted numbers' }, say('playedNumber', { number: number(played.number) })),
      ),
    may &&
      h(
        'button',
        { key: 'play', type: 'button', class: 'button primary', 'aria-disabled': sent.busy, onClick },
        say(sent.busy ? 'playing' : 'play'),
      ),
    h('p', { key: 'left', class: 'small muted' }, left > 0 ? say('playsLeft', { n: left }) : say('noPlaysLeft')),
    sent.text && h('p', { key: 'wrong', class: 'small wrong', part: 'error' }, sent.text),
  );
}
