import { en } from './words-en.ts';
export const es: Record<keyof typeof en, import('../i18n/speak.ts').Message> = en;
