import type { ImportSource, Shape } from '../shape.ts';
import { dubShapes } from './dub.ts';
import { firstPromoterShapes } from './firstpromoter.ts';
import { laurelShapes } from './laurel.ts';
import { csvShapes, growSurfShapes, referralHeroShapes, viralLoopsShapes } from './lists.ts';
import { rewardfulShapes } from './rewardful.ts';

/** The tables of each product; docs/import.md names the pages that document them. */
export const shapesOf: Record<ImportSource, readonly Shape[]> = {
  laurel: laurelShapes,
  csv: csvShapes,
  rewardful: rewardfulShapes,
  firstpromoter: firstPromoterShapes,
  growsurf: growSurfShapes,
  viralloops: viralLoopsShapes,
  referralhero: referralHeroShapes,
  dub: dubShapes,
};
