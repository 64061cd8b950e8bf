import { fetchChunk } from '../chunks.ts';
import { emit } from '../emit.ts';
import type { Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { copyText } from './copy-text.ts';
import { icon, paths } from './icon.tsx';

/** Copies, and says so for two seconds without moving anything; where that is refused, the link is selected. */
export function copy(store: Referral, link: string, copied: boolean, primary: boolean, { say, language }: Drawn) {
  async function onClick({ currentTarget }: { currentTarget: Element }): Promise<void> {
    if (!(await copyText(currentTarget, link))) {
      await fetchChunk('own');
      return say(language.say('copyFailed'));
    }
    store.set({ copied: true });
    setTimeout(store.set, 2000, { copied: false });
    say(language.say('copiedSaid'));
    emit(currentTarget, 'copy', { link });
  }
  return (
    <button type="button" part="copy" class={primary ? 'button primary swap' : 'button swap'} onClick={onClick}>
      {(['copy', 'copied'] as const).map((word) => (
        <span key={word} aria-hidden={copied !== (word === 'copied')}>
          {icon(paths[word])}
          {language.say(word)}
        </span>
      ))}
    </button>
  );
}
