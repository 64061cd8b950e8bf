import { on } from './emit.ts';
import type { TokenSource } from './stores/identity.ts';
import { type Settings, session } from './stores/session.ts';

/** Says where Laurel is mounted, with which publishable key, in which language. May be called again to change it. */
export const init = (settings: Settings): void => session.init(settings);

/**
 * Shows the visitor their own link, numbers and place. Takes a participant token, or a function that gets one (asked
 * again when the token is about to expire); `null` signs out. Tokens are kept in memory only.
 *
 * @example
 * ```ts
 * identify(() => fetch('/laurel-token').then((answer) => answer.text()));
 * ```
 */
export const identify = (source: TokenSource | null): void => session.identify(source);

export { on };
