import { en } from './words-en.ts';
export const pt: Record<keyof typeof en, import('../i18n/speak.ts').Message> = en;
