import type { Connection } from '@laurelkit/sdk/client';
import type { MessageKey } from '../i18n/en.ts';
import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Drawn } from '../views/kind.ts';
import type { ContestStore } from './state.ts';

/** What a call may be refused with, in words, whatever it is about. */
const always = { contest_not_live: 'notRunning', contest_not_found: 'notRunning' } as const;

/**
 * Does what a form asks for: busy meanwhile, and in words what went wrong. `null` when it did not work. A form that is
 * busy is not sent again.
 */
export async function send<T>(
  { session }: Kit,
  store: ContestStore,
  { language, say }: Drawn,
  form: string,
  work: (as: Connection) => Promise<T>,
  known: Readonly<Record<string, MessageKey>> = {},
): Promise<T | null> {
  const who = session.own.peek();
  if (!who || store.sentOf(form).busy) return null;
  store.mark(form, { busy: true });
  try {
    const answer = await work(who);
    store.mark(form, {});
    return answer;
  } catch (error) {
    const text = language.say(problemWord(error, { ...always, ...known }));
    store.mark(form, { text, wrong: true });
    say(text);
    // The contest is not what this element knew.
    if ((error as { status?: number }).status === 409) void store.read();
    return null;
  }
}
