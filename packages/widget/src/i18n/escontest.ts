import type { ContestKey, Message } from './en.ts';

/** What contests say, in Spanish. */
export const words: Readonly<Record<ContestKey, Message>> = {} as never;
