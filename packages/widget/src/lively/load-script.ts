import { assetUrl } from '../assets.ts';
import type { Lively } from './load.ts';

/** As `load.ts`, for the script: a file beside it. */
export const loadLively = (): Promise<Lively> => import(/* @vite-ignore */ assetUrl('live'));
