import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { emit } from '../emit.ts';
import type { Messages } from '../i18n/en.ts';
import type { Language } from '../i18n/index.ts';
import { catalogueOf } from '../i18n/pick.ts';
import { type Lively, loadLively } from '../lively/load.ts';
import type { Session } from '../stores/session.ts';
import { addStyle } from '../theme.ts';
import { loadViews, type Views } from '../views/load.ts';
import { useSpace } from './space.ts';
import { useValue } from './use-value.ts';

/** What every element is told. */
export interface ShellProps {
  session: Session;
  locale: string;
  /** Level of the heading. */
  heading: number;
}

/** What a view is drawn with. */
export interface Drawn {
  language: Language;
  lively: Lively | null;
  /** Least height in CSS, so that nothing below moves. */
  reserved: string;
  /** Says something to those who listen. */
  say(message: string): void;
}

interface FrameProps extends ShellProps {
  root: RefObject<HTMLDivElement | null>;
  element: string;
  /** Of the programme or contest. */
  id: string;
  /** Reading failed before there was anything to show. */
  failed: boolean;
  /** Whether there is something to show. */
  ready: boolean;
  skeleton: VNode;
  draw(views: Views, drawn: Drawn): VNode;
}

/**
 * What surrounds every element: its skeleton (for up to three seconds, then its space stays empty until reading has
 * failed), its language and live region.
 */
export function Frame({ session, locale, root, element, id, failed, ready, skeleton, draw }: FrameProps) {
  const [said, say] = useState('');
  const [late, setLate] = useState(false);
  const [lively, setLively] = useState<Lively | null>(null);
  const [views, setViews] = useState<Views | null>(null);
  const [lost, setLost] = useState(false);
  const language = useLanguage(views, locale, useValue(session.settings).messages);
  const shown = ready && !!language;
  const reserved = useSpace(root, shown, `laurel:${element}:${id}`);
  useEffect(() => {
    const timer = setTimeout(setLate, 3000, true);
    loadViews().then(setViews, () => setLost(true));
    return () => clearTimeout(timer);
  }, []);
  useLayoutEffect(() => {
    if (views && root.current) addStyle(root.current.getRootNode(), views.style);
  }, [views, root]);
  useEffect(() => {
    if (!shown) return;
    emit(root.current, 'ready', { element });
    loadLively().then(setLively, () => {});
  }, [shown, root, element]);
  if (lost || (failed && !ready)) return <div ref={root} />;
  return (
    <div class={late && !shown ? 'laurel blank' : 'laurel'} ref={root} lang={language?.locale}>
      {views && language && ready
        ? draw(views, { language, lively, reserved, say: (message) => say(again(message)) })
        : skeleton}
      <p class="said" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

// A live region stays silent when its text does not change.
const again = (message: string) => (before: string) => (before === message ? `${message}\u00A0` : message);

function useLanguage(views: Views | null, locale: string, messages: Partial<Messages> | undefined): Language | null {
  const [read, setRead] = useState<{ locale: string; catalogue: Messages | null }>();
  useEffect(() => {
    void catalogueOf(locale).then((catalogue) => setRead({ locale, catalogue }));
  }, [locale]);
  return useMemo(
    () =>
      views && read
        ? views.speak(
            read.catalogue || /^en/i.test(read.locale) ? read.locale : 'en',
            read.catalogue ?? views.en,
            messages,
          )
        : null,
    [views, read, messages],
  );
}
