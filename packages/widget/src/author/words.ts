import type { Message } from '../i18n/speak.ts';
import { en } from './words-en.ts';
import { es } from './words-es.ts';
import { pt } from './words-pt.ts';

/** The keys of the editor's words. */
export type AuthorKey = keyof typeof en;

/** What the editor says, by language. */
export const words: Record<string, Record<AuthorKey, Message>> = { en, es, pt };
