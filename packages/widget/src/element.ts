import { signal } from '@preact/signals';
import { type ComponentChild, h, render } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { pickLocale } from './i18n/pick.ts';
import { LeaderboardShell } from './shell/leaderboard.tsx';
import { ReferralShell } from './shell/referral.tsx';
import { useValue } from './shell/use-value.ts';
import { type Session, session } from './stores/session.ts';
import { firstSheet } from './theme.ts';

/** What a view is told: the element's attributes by name, the session and the language. */
interface Context {
  read(attribute: string): string | undefined;
  session: Session;
  locale: string;
  heading: number;
}

const whole = (text: string | undefined, fallback: number, max: number) => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= 1 ? Math.min(value, max) : fallback;
};

const common = ['locale', 'heading', 'session'];

const elements: Record<string, { attributes: string[]; view(context: Context): ComponentChild }> = {
  'laurel-referral': {
    attributes: ['program', 'join-url'],
    view({ read, ...shared }) {
      const program = read('program');
      return program ? h(ReferralShell, { key: program, program, joinUrl: read('join-url'), ...shared }) : null;
    },
  },
  'laurel-leaderboard': {
    attributes: ['contest', 'limit', 'podium'],
    view({ read, ...shared }) {
      const contest = read('contest');
      const limit = whole(read('limit'), 10, 100);
      if (!contest) return null;
      const podium = read('podium') !== undefined;
      return h(LeaderboardShell, { key: `${contest} ${limit}`, contest, limit, podium, ...shared });
    },
  },
};

/**
 * Registers `<laurel-referral>` and `<laurel-leaderboard>`, once; without effect where there are no custom elements
 * (server rendering).
 */
export function defineElements(): void {
  if (typeof customElements === 'undefined') return;
  for (const [name, { attributes, view }] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, elementOf([...attributes, ...common], view));
  }
}

function elementOf(attributes: string[], view: (context: Context) => ComponentChild) {
  return class extends HTMLElement {
    static readonly observedAttributes = attributes;
    readonly #changes = signal(0);
    #root: ShadowRoot | undefined;

    readonly #View = () => {
      const [broken] = useErrorBoundary();
      useValue(this.#changes);
      useValue(session.settings);
      return broken ? null : view(this.#context());
    };

    connectedCallback(): void {
      try {
        if (!this.#root) {
          this.#root = this.attachShadow({ mode: 'open' });
          this.#root.adoptedStyleSheets = [firstSheet()];
        }
        if (this.hasAttribute('session')) session.trySession();
        render(h(this.#View, null), this.#root);
      } catch {}
    }

    disconnectedCallback(): void {
      // An element that is only moved keeps what it shows.
      queueMicrotask(() => {
        if (!this.isConnected && this.#root) render(null, this.#root);
      });
    }

    attributeChangedCallback(): void {
      this.#changes.value += 1;
    }

    #context(): Context {
      const read = (attribute: string) => this.getAttribute(attribute) ?? undefined;
      const locale = pickLocale([
        read('locale'),
        session.settings.peek().locale,
        this.closest('[lang]')?.getAttribute('lang'),
        navigator.language,
      ]);
      return { read, session, locale, heading: whole(read('heading'), 2, 6) };
    }
  };
}
