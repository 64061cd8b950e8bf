import { assetUrl } from '../assets.ts';
import type { Messages } from './en.ts';

/** As `load.ts`, for the script: a file beside it. */
export const loadCatalogue = async (language: 'es' | 'pt'): Promise<Messages> =>
  ((await import(/* @vite-ignore */ assetUrl(language))) as Record<string, Messages>)[language] as Messages;
