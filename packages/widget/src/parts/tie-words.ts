import type { Contest } from '../contest/state.ts';

/** How equal points are told apart, in English, in the files that say so: a message for each tie policy. */
export const tieWords = {
  tie_earliest: 'Of those with equal points, whoever reached them first comes first.',
  tie_shared: 'Those with equal points share the place, and what there is to win for it.',
  tie_draw: 'Of those with equal points, a draw at the end decides who comes first.',
};

/** The message of a contest’s tie policy; none where equal points decide nothing, or no draw comes. */
export function tieMessage({ kind, tiePolicy, prizes }: Contest): keyof typeof tieWords | undefined {
  if (kind === 'raffle' || kind === 'milestone') return undefined;
  return tiePolicy === 'draw' && prizes.length === 0 ? undefined : `tie_${tiePolicy}`;
}
