import type { Interval } from '../src/progress/intervals.ts';
import type { Sample } from '../src/progress/segments.ts';

/** What somebody does with a player, or what happens to it. */
export type Deed =
  | { do: 'play' | 'pause' | 'stall' }
  | { do: 'seek'; to: number }
  | { do: 'rate'; rate: number }
  | { do: 'wait'; ms: number };

/** A medium that plays by the clock it is given, and knows what of it was played. */
export function createMedium(lengthMs: number) {
  const played: Interval[] = [[0, 0]];
  let at = 0;
  let media = 0;
  let rate = 1;
  let playing = false;
  let stalled = false;
  let ended = false;

  return {
    /** In the order of time; empty where it was put. */
    played,
    /** As it would be found now; `error` milliseconds beside the truth, as clocks of browsers are. */
    sample: (error = 0, jumped = false): Sample => ({
      at,
      media: Math.min(lengthMs, Math.max(0, media + error)),
      playing,
      rate,
      jumped,
      ended,
    }),
    /** Lets time pass. */
    pass(ms: number): void {
      at += ms;
      if (!playing || stalled) return;
      const to = Math.min(lengthMs, media + ms * rate);
      played.push([media, to]);
      media = to;
      if (media < lengthMs) return;
      playing = false;
      ended = true;
    },
    /** Does it; answers whether the position was jumped to. */
    act(deed: Exclude<Deed, { do: 'wait' }>): boolean {
      if (deed.do === 'seek') {
        media = Math.min(lengthMs, deed.to);
        ended = false;
        played.push([media, media]);
        return true;
      }
      if (deed.do === 'rate') rate = deed.rate;
      else if (deed.do === 'stall') stalled = !stalled;
      else playing = deed.do === 'play' && !ended;
      if (deed.do === 'play') stalled = false;
      return false;
    },
  };
}
