import { signal } from '@preact/signals';
import { mount } from './mount.tsx';
import { session } from './stores/session.ts';
import { invitation } from './views/invitation.ts';
import type { Kind } from './views/kind.ts';
import { lateKinds } from './views/late.ts';
import { leaderboard } from './views/leaderboard.tsx';
import { referral } from './views/referral.tsx';

/**
 * Registers `<laurel-referral>`, `<laurel-invitation>`, `<laurel-leaderboard>` and those of `views/late.ts`, once; without
 * effect where there are no custom elements (server rendering).
 */
export function defineElements(): void {
  if (typeof customElements === 'undefined') return;
  define(referral);
  define(invitation);
  define(leaderboard);
  lateKinds.forEach(define);
}

function define<Store extends { stop(): void }>(kind: Kind<Store>): void {
  if (!customElements.get(kind.name)) customElements.define(kind.name, elementOf(kind));
}

function elementOf<Store extends { stop(): void }>(kind: Kind<Store>) {
  return class extends HTMLElement {
    static readonly observedAttributes = [...kind.keys, ...kind.options, 'locale', 'heading', 'session'];
    readonly #changes = signal(0);
    #root: ShadowRoot | undefined;
    #unmount: (() => void) | undefined;

    connectedCallback(): void {
      try {
        this.#root ??= this.attachShadow({ mode: 'open' });
        if (this.hasAttribute('session')) session.trySession();
        this.#unmount ??= mount(this, this.#root, kind, this.#changes);
      } catch {}
    }

    disconnectedCallback(): void {
      // An element that is only moved keeps what it shows.
      void Promise.resolve().then(() => {
        if (this.isConnected) return;
        this.#unmount?.();
        this.#unmount = undefined;
      });
    }

    attributeChangedCallback(): void {
      this.#changes.value += 1;
    }
  };
}
