import type { Messages } from './en.ts';
import { loadCatalogue } from './load.ts';

/** The first of the wished tags that has a catalogue, else English. */
export function pickLocale(wished: readonly (string | null | undefined)[]): string {
  return wished.find((tag) => tag && /^(en|es|pt)(-[a-z0-9]+)*$/i.test(tag)) ?? 'en';
}

/** The catalogue of a locale, or `null` for English and where reading it fails. */
export async function catalogueOf(locale: string): Promise<Messages | null> {
  const language = locale.slice(0, 2).toLowerCase();
  return language === 'es' || language === 'pt' ? loadCatalogue(language).catch(() => null) : null;
}
