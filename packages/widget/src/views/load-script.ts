import { assetUrl } from '../assets.ts';
import { kit } from '../kit.ts';
import type { Views } from './load.ts';

/** As `load.ts`, for the script: a file beside it, which is handed the script's own Preact. */
export const loadViews = async (): Promise<Views> => {
  const views = (await import(/* @vite-ignore */ assetUrl('views'))) as typeof import('./script.ts');
  views.receive(kit);
  return views;
};
