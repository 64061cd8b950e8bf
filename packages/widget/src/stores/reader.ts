import { effect, type Signal, signal } from '@preact/signals';
import { later } from '../later.ts';
import type { Session } from './session.ts';

/** Reads again and again; only the newest reading counts. */
export interface Reader {
  /** The first reading failed: nothing is shown. */
  readonly failed: Signal<boolean>;
  /** Runs a reading; `undefined` when it failed or a newer one has begun. */
  run<T>(reading: () => Promise<T>): Promise<T | undefined>;
  stop(): void;
}

/**
 * Calls `read` when the session is known and whenever it changes, and again after a while when there was no answer.
 * `blank` says whether there is nothing to show yet; `forget` is called when another visitor, or none, is there now.
 */
export function createReader(
  session: Session,
  read: () => void,
  blank: () => boolean,
  forget: () => void,
  onError: (code: string) => void,
): Reader {
  const failed = signal(false);
  const start = later(read, 0);
  const again = later(read, 15_000, 15_000);
  let turn = 0;
  let who: unknown = null;
  const stopEffect = effect(() => {
    session.everyone.value;
    const own = session.own.value;
    if (who && who !== own) {
      turn += 1;
      forget();
    }
    who = own;
    start.call();
  });
  return {
    failed,
    async run(reading) {
      turn += 1;
      const mine = turn;
      try {
        const answer = await reading();
        if (mine !== turn) return undefined;
        failed.value = false;
        return answer;
      } catch (error) {
        if (mine !== turn) return undefined;
        const { status = 0, code = 'failed' } = error as { status?: number; code?: string };
        failed.value = blank();
        if (status < 400 || status > 428) again.call();
        onError(code);
        return undefined;
      }
    },
    stop() {
      turn += 1;
      start.cancel();
      again.cancel();
      stopEffect();
    },
  };
}
