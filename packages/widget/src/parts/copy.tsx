import { useEffect, useRef, useState } from 'preact/hooks';
import { emit } from '../emit.ts';
import type { Language } from '../i18n/index.ts';
import { Icon } from './icon.tsx';

interface CopyProps {
  text: string;
  primary: boolean;
  language: Language;
  /** Selects the text where the page may not write to the clipboard. */
  select(): void;
  say(message: string): void;
}

/** Copies, and says so for two seconds without moving anything. */
export function Copy({ text, primary, language, select, say }: CopyProps) {
  const [done, setDone] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = done ? setTimeout(() => setDone(false), 2000) : undefined;
    return () => clearTimeout(timer);
  }, [done]);

  async function copy(): Promise<void> {
    if (await write(text, select)) {
      setDone(true);
      say(language.say('copiedSaid'));
      emit(button.current, 'copy', { link: text });
    } else say(language.say('copyFailed'));
  }

  return (
    <button ref={button} type="button" part="copy" class={primary ? 'button primary' : 'button'} onClick={copy}>
      <span class="swap">
        <span aria-hidden={done}>
          <Icon name="copy" />
          {language.say('copy')}
        </span>
        <span aria-hidden={!done}>
          <Icon name="check" />
          {language.say('copied')}
        </span>
      </span>
    </button>
  );
}

async function write(text: string, select: () => void): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    }
  }
}
