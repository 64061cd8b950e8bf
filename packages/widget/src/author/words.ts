import type { en } from './words-en.ts';

/** The keys of the editor's words. */
export type AuthorKey = keyof typeof en;
