import type { ContestKey, Message } from './en.ts';

/** What contests say, in Portuguese. */
export const words: Readonly<Record<ContestKey, Message>> = {} as never;
