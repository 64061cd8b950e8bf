import type { Api } from '@laurelkit/sdk/client';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createReader } from './reader.ts';
import type { Session } from './session.ts';

/** A programme as the API answers it. */
export type Program = Awaited<ReturnType<Api['programs']['get']>>;
/** The visitor's own link and numbers. */
export type Me = Awaited<ReturnType<Api['programs']['me']>>;

/** The state of one referral card. */
export interface Referral {
  /** The programme, and the visitor's own part of it (`null` for a stranger). */
  readonly view: Signal<{ program: Program; me: Me | null } | null>;
  readonly failed: ReadonlySignal<boolean>;
  /** Reads everything again. */
  read(): void;
  stop(): void;
}

/** A programme and the visitor's own numbers, read when the session is known. */
export function createReferral(session: Session, program: string, onError: (code: string) => void): Referral {
  const view: Referral['view'] = signal(null);
  async function read(): Promise<void> {
    const answer = await reader.run(() =>
      Promise.all([
        session.everyone.peek().programs.get({ program }),
        session.mine((api) => api.programs.me({ program })),
      ]),
    );
    if (!answer) return;
    const [about, me] = answer;
    view.value = { program: about, me: me === undefined ? (view.peek()?.me ?? null) : me };
  }
  const reader = createReader(
    session,
    () => void read(),
    () => !view.peek(),
    () => {
      view.value = null;
    },
    onError,
  );
  return { view, failed: reader.failed, read: () => void read(), stop: reader.stop };
}
