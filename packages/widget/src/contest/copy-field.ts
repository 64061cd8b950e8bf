import type { Kit } from '../kit.ts';
import { copyText } from '../parts/copy-text.ts';
import type { Drawn } from '../views/kind.ts';
import type { ContestStore } from './state.ts';

/** A text to take along and a button that copies it; where that is refused, the text is selected. */
export function copyField(
  { h }: Kit,
  store: ContestStore,
  { say, language }: Drawn,
  name: string,
  text: string,
  words: { label: string; copy: string; said: string; failed: string },
  done: (from: Element) => void = () => {},
) {
  const copied = store.state.value.copied === name;
  async function onClick({ currentTarget }: { currentTarget: Element }): Promise<void> {
    if (!(await copyText(currentTarget, text))) return say(words.failed);
    store.set({ copied: name });
    setTimeout(() => store.state.peek().copied === name && store.set({ copied: '' }), 2000);
    say(words.said);
    done(currentTarget);
  }
  return h(
    'div',
    { class: 'pair copying' },
    h('input', {
      class: 'field',
      part: 'link',
      readOnly: true,
      value: text,
      'aria-label': words.label,
      onFocus: (event: FocusEvent) => (event.currentTarget as HTMLInputElement).select(),
    }),
    h(
      'button',
      { type: 'button', class: 'button primary swap', part: 'copy', onClick },
      h('span', { 'aria-hidden': copied }, words.copy),
      h('span', { 'aria-hidden': !copied }, language.say('copied')),
    ),
  );
}
