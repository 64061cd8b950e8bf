import type { MailMessage, MailOptions } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually } from './support.ts';

/** The text who joins agrees to, in these tests. */
export const consentText = 'I agree to be written to.';

/** Everybody's mailbox: hand `mail` to a Laurel, and what it sends is here. */
export function createMailbox() {
  const messages: MailMessage[] = [];
  const to = (address: string) => messages.filter((message) => message.to === address);
  const mail: MailOptions = {
    from: 'Shop <hello@shop.example>',
    transport: async (message) => void messages.push(message),
  };
  return {
    mail,
    messages,
    to,
    /** The token of the last message to an address, once there are `count` of them. */
    async tokenFor(address: string, count = 1): Promise<string> {
      await eventually(
        () => to(address).length,
        (length) => length >= count,
      );
      return tokenIn(to(address).at(-1)?.text ?? '');
    },
  };
}

/** The confirmation token in the text of a message. */
export const tokenIn = (text: string): string => /[?&]laurel_confirm=([\w-]+)/.exec(text)?.[1] ?? '';

/** Lets people join `friends` by themselves. */
export const openJoining = (laurel: TestLaurel) =>
  laurel.api.programs.update({ program: 'friends', joining: 'open', consentText });

/** Asks to join as a page does. */
export const askToJoin = (laurel: TestLaurel, email: string, more: object = {}, headers: Record<string, string> = {}) =>
  ask(laurel, 'POST', '/programs/friends/join', {
    credential: laurel.publishableKey,
    body: { email, consent: true, consentText, ...more },
    headers,
  });

/** Confirms as a page does. */
export const confirmJoining = (laurel: TestLaurel, token: string) =>
  ask(laurel, 'POST', '/programs/friends/confirm', { credential: laurel.publishableKey, body: { token } });
