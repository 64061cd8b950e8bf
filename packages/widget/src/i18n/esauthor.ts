import { en } from '../author/words-en.ts';
export const words: Record<keyof typeof en, import('./speak.ts').Message> = en;
