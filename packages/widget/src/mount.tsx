import { effect, type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { emit } from './emit.ts';
import { type Language, languageOf, pickLocale } from './i18n/index.ts';
import { createAnnouncer } from './live/announcer.ts';
import { whenNear } from './near.ts';
import { recall, remember } from './space.ts';
import { session } from './stores/session.ts';
import { dress } from './theme.ts';
import { type Kind, type Read, whole } from './views/kind.ts';

/**
 * Draws an element whenever something it reads changes, until the answer is called: a skeleton, then the view, in a
 * space that nothing below it is moved by, and a live region.
 */
export function mount<Store extends { stop(): void }>(
  host: HTMLElement,
  root: ShadowRoot,
  kind: Kind<Store>,
  changes: Signal<number>,
) {
  const said = signal('');
  const near = signal(false);
  let store: Store | undefined;
  let key: string | undefined;
  let space = '';
  let shown = false;
  let broken = false;
  let language: Language | undefined;
  const width = innerWidth;

  const read: Read = (attribute) => host.getAttribute(attribute) ?? undefined;
  const { announce: say, stop: hush } = createAnnouncer((message) => {
    // A live region stays silent when its text does not change.
    said.value = said.peek() === message ? `${message}\u00A0` : message;
  });

  function close(): void {
    store?.stop();
    store = undefined;
    shown = false;
  }

  function open(): void {
    const next = kind.keys.map(read).join(' ');
    if (next === key) return;
    close();
    key = next;
    space = recall(host, key);
    if (!kind.keys[0] || (read(kind.keys[0]) ?? read('contest'))) {
      store = kind.open({
        read,
        say,
        language: () => language as Language,
        error: (code) => emit(host, 'error', { code }),
      });
    }
  }

  // What is reserved fits one width.
  function onResize(): void {
    if (innerWidth === width || !space) return;
    space = '';
    changes.value += 1;
  }

  function onFirst(): void {
    emit(host, 'ready', { element: kind.name });
    setTimeout(remember, 1500, host, root, key);
    whenNear(host, () => {
      near.value = true;
    });
  }

  function draw(): void {
    changes.value;
    const { locale, messages } = session.settings.value;
    const lang = host.closest('[lang]')?.getAttribute('lang');
    // Until the words of another language are there, the old ones stay.
    language = languageOf(pickLocale([read('locale'), locale, lang, navigator.language]), messages) ?? language;
    open();
    const heading = whole(read('heading'), 2, 6);
    const view = store && (language ? kind.view(store, { language, heading, near: near.value, read, say }) : undefined);
    const first = !!view && !shown;
    if (first) {
      shown = true;
      const box = root.firstElementChild?.getBoundingClientRect();
      space = box && box.bottom > 0 && box.bottom < innerHeight ? `${box.height}px` : '';
    }
    dress(root);
    render(
      store && view !== null && (
        <div
          class="laurel"
          lang={language?.locale}
          style={shown ? { minBlockSize: space } : { blockSize: space, overflow: space && 'hidden' }}
        >
          {view ?? kind.skeleton(read)}
          <p class="said" aria-live="polite">
            {said.value}
          </p>
        </div>
      ),
      root,
    );
    if (first) onFirst();
    if (view && store) kind.drawn?.(store, root, near.value);
  }

  const stop = effect(() => {
    try {
      if (!broken) draw();
    } catch {
      broken = true;
      root.replaceChildren();
    }
  });
  addEventListener('resize', onResize);
  return (): void => {
    removeEventListener('resize', onResize);
    stop();
    close();
    hush();
    render(null, root);
  };
}
