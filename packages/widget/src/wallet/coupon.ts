import type { Kit } from '../kit.ts';
import type { OwnStore } from '../own/state.ts';
import { copyText } from '../parts/copy-text.ts';
import type { Drawn } from '../views/kind.ts';

/** A code to type elsewhere, and a button that copies it; where that is refused, the code is selected. */
export function coupon({ h }: Kit, store: OwnStore, id: string, code: string, { say, language }: Drawn) {
  const copied = store.state.copied === id;
  async function onClick({ currentTarget }: { currentTarget: Element }): Promise<void> {
    if (!(await copyText(currentTarget, code))) return say(language.say('codeSelected'));
    store.set({ copied: id });
    setTimeout(() => store.state.copied === id && store.set({ copied: '' }), 2000);
    say(language.say('codeCopied'));
  }
  const label = (word: 'copyCode' | 'copied') =>
    h('span', { key: word, 'aria-hidden': copied !== (word === 'copied') }, language.say(word));
  return h(
    'span',
    { class: 'coupon' },
    h('input', {
      class: 'field',
      part: 'code',
      readOnly: true,
      value: code,
      'aria-label': language.say('couponCode'),
      onFocus: (event: FocusEvent) => (event.currentTarget as HTMLInputElement).select(),
    }),
    h('button', { type: 'button', class: 'button quiet swap', part: 'copy', onClick }, [
      label('copyCode'),
      label('copied'),
    ]),
  );
}
