import type { Messages } from './en.ts';

/** Reads the catalogue of a language other than English. */
export const loadCatalogue = (language: 'es' | 'pt'): Promise<Messages> =>
  language === 'es' ? import('./es.ts').then(({ es }) => es) : import('./pt.ts').then(({ pt }) => pt);
