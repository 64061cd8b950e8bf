import type { Api } from '@laurelkit/sdk/client';
import { type Signal, signal } from '@preact/signals';
import { later } from '../later.ts';
import { whenLive } from '../live.ts';
import { ask } from './ask.ts';
import { createReader } from './reader.ts';
import { session } from './session.ts';

/** A programme as the API answers it. */
export type Program = Awaited<ReturnType<Api['programs']['get']>>;
/** The visitor's own link and numbers. */
export type Me = Awaited<ReturnType<Api['programs']['me']>>;

/** What a referral card shows. */
interface ReferralState {
  /** The programme, and the visitor's own part of it (`null` for a stranger). */
  view: { program: Program; me: Me | null } | null;
  /** The first reading failed: nothing is shown. */
  failed: boolean;
  /** The link was copied just now. */
  copied: boolean;
  /** Stands for the sentence under the headline, such as a welcome. */
  hint: string;
}

/** The state of one referral card. */
export interface Referral {
  readonly state: Signal<ReferralState>;
  set(changes: Partial<ReferralState>): void;
  /** Reads again. */
  read(): void;
  stop(): void;
}

/** A programme and the visitor's own numbers, kept current by live messages. */
export function createReferral(program: string, onError: (code: string) => void): Referral {
  const state = signal<ReferralState>({ view: null, failed: false, copied: false, hint: '' });
  const set = (changes: Partial<ReferralState>) => {
    state.value = { ...state.peek(), ...changes };
  };
  let silence: (() => void) | undefined;
  async function read(): Promise<void> {
    const answer = await reader.run(() =>
      Promise.all([
        ask(session.everyone(), 'GET /programs/{program}')({ program }),
        session.mine((as) => ask(as, 'GET /programs/{program}/me')({ program })),
      ]),
    );
    if (!answer) return;
    const [about, me = state.peek().view?.me ?? null] = answer;
    set({ view: { program: about, me }, failed: false });
    if (me) {
      const again = { message: () => soon.call(), resumed: () => soon.call() };
      silence ??= whenLive((live) => live.listen(`program:${about.slug}`, again));
    }
  }
  const soon = later(read, 200, 600);
  const reader = createReader({
    read,
    forget: () => set({ view: null, hint: '' }),
    fail(code) {
      set({ failed: !state.peek().view });
      onError(code);
    },
  });
  return {
    state,
    set,
    read,
    stop() {
      reader.stop();
      soon.cancel();
      silence?.();
    },
  };
}
