import { onTestFinished } from 'vitest';
import { createOutbox, LaurelError, type OutboxOptions } from '../src/index.ts';

type Options = Omit<OutboxOptions<string>, 'client'> & { send: (payload: string) => Promise<unknown> };

let names = 0;

/** A name no other test has used. */
export const freshName = () => `test-${names++}`;

/** Sends nothing. */
export const offline = () => Promise.reject(new LaurelError('network_error', 0, 'offline'));

/** An outbox that tries again soon and is closed after the test. */
export function openOutbox(options: Options) {
  const outbox = createOutbox<string>({ retryDelay: 20, ...options });
  onTestFinished(() => outbox.close());
  return outbox;
}
