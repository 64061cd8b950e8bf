import { effect } from '@preact/signals';
import { later } from '../later.ts';
import { session } from './session.ts';

/** What a reader is told. */
interface Reading {
  /** Reads; called when the session is known, whenever it changes, and again after a while when there was no answer. */
  read(): void;
  /** Another visitor, or none, is there now. */
  forget(): void;
  fail(code: string): void;
}

/** Reads again and again; only the newest reading counts. */
export function createReader({ read, forget, fail }: Reading) {
  const start = later(read, 0);
  const again = later(read, 15_000, 15_000);
  let turn = 0;
  let who: unknown = null;
  const stopWatching = effect(() => {
    session.stranger.value;
    if (who && who !== session.own.value) {
      turn += 1;
      forget();
    }
    who = session.own.value;
    start.call();
  });
  return {
    /** Runs a reading; `undefined` when it failed or a newer one has begun. */
    async run<T>(reading: () => Promise<T>): Promise<T | undefined> {
      turn += 1;
      const mine = turn;
      try {
        const answer = await reading();
        if (mine === turn) return answer;
      } catch (error) {
        if (mine !== turn) return;
        const { status = 0, code = 'failed' } = error as { status?: number; code?: string };
        if (status < 400 || status > 428) again.call();
        fail(code);
      }
    },
    stop(): void {
      turn += 1;
      start.cancel();
      again.cancel();
      stopWatching();
    },
  };
}
