import { type Message, speaker } from '../i18n/speak.ts';
import { en } from './words-en.ts';
import { es } from './words-es.ts';
import { pt } from './words-pt.ts';

/** The keys of what a video says. */
export type VideoKey = keyof typeof en;

/** What a video says, by language. */
export const words: Record<string, Record<VideoKey, Message>> = { en, es, pt };

/** The words of a locale; English where it has none. */
export const speech = (locale: string) => speaker<VideoKey>(locale, words[locale.slice(0, 2).toLowerCase()] ?? en);
