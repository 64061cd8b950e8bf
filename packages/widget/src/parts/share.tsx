import { emit } from '../emit.ts';
import type { Language } from '../i18n/index.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { shareNames, shareTargets, shareUrl, withChannel } from './share-targets.ts';

interface ShareProps {
  link: string;
  /** What the link leads to. */
  name: string;
  language: Language;
}

const wordsOf = ({ name, language }: ShareProps) => ({
  subject: language.say('shareSubject', { name }),
  text: language.say('shareText', { name }),
});

/** Whether the browser has a share sheet of its own. */
export const canShare = (): boolean => typeof navigator.share === 'function';

/** Opens the browser's own share sheet. */
export function ShareButton(props: ShareProps) {
  const { language, link } = props;
  async function share(event: Event): Promise<void> {
    const button = event.currentTarget as Element;
    const { subject, text } = wordsOf(props);
    try {
      await navigator.share({ title: subject, text, url: withChannel(link, 'share') });
      emit(button, 'share', { channel: 'share', link });
    } catch {}
  }
  return (
    <button type="button" part="share" class="button primary" onClick={share}>
      <Icon name="share" />
      {language.say('share')}
    </button>
  );
}

/** Plain links to where people talk, each with its name. */
export function ShareTargets(props: ShareProps) {
  const { language, link } = props;
  const { subject, text } = wordsOf(props);
  return (
    <ul class="targets" aria-label={language.say('shareBy')}>
      {shareTargets.map((target) => (
        <li key={target}>
          <Link
            class="target"
            part="share"
            outside
            href={shareUrl(target, link, subject, text)}
            onClick={(event) => void emit(event.currentTarget, 'share', { channel: target, link })}
          >
            <Icon name={target} />
            {target === 'email' ? language.say('email') : shareNames[target]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
