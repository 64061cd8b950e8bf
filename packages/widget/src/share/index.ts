import type { ComponentChild, h as create } from 'preact';
import { emit } from '../emit.ts';
import type { Language } from '../i18n/index.ts';
import type { Link } from '../parts/link.tsx';
import { shareNames, sharePaths, shareTargets, shareUrl, withChannel } from './targets.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** What the targets are drawn with: the Preact and the parts of the script, so that there is one of each. */
interface Kit {
  h: typeof create;
  Link: typeof Link;
  icon(path: string): ComponentChild;
}

/** Plain links to where people talk, each with its name. */
export function targets({ h, Link, icon }: Kit, link: string, name: string, { say }: Language) {
  const subject = say('shareSubject', { name });
  const text = say('shareText', { name });
  return shareTargets.map((channel) => {
    const href = shareUrl(channel, link, subject, text);
    const onClick = (event: Event) => void emit(event.currentTarget as Element, 'share', { channel, link });
    const label = channel === 'email' ? say('email') : shareNames[channel];
    return h(
      'li',
      { key: channel },
      h(Link, { class: 'target', part: 'share', outside: true, href, onClick }, icon(sharePaths[channel]), label),
    );
  });
}

/** Opens the browser's own share sheet. */
export async function openSheet(button: Element, link: string, name: string, { say }: Language): Promise<void> {
  const [title, text] = [say('shareSubject', { name }), say('shareText', { name })];
  try {
    await navigator.share({ title, text, url: withChannel(link, 'share') });
    emit(button, 'share', { channel: 'share', link });
  } catch {}
}
