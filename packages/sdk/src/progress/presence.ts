import type { Interval } from './intervals.ts';

/** What `createPresence` needs to know. */
export interface PresenceOptions {
  /** Without a sign of life for so long somebody is taken to be away. Milliseconds; 60,000 unless told. */
  idleMs?: number | undefined;
  /** Longest pause between two looks: of a longer one nothing is known, so it does not count. Milliseconds; 5,000 unless told. */
  gapMs?: number | undefined;
}

/** One look at the page. Times are milliseconds of a clock that only goes forward. */
export interface Look {
  at: number;
  /** It is visible and has the focus. */
  present: boolean;
  /** When there was a sign of life last. */
  active: number;
}

/**
 * Builds the stretches of time that something was in front of somebody: between two looks of which both found it so, and no
 * longer than `idleMs` after the last sign of life. No clocks, no DOM.
 */
export function createPresence({ idleMs = 60_000, gapMs = 5000 }: PresenceOptions = {}) {
  let last: Look | undefined;
  let spent: [number, number][] = [];

  return {
    add(look: Look): void {
      const { at, present, active } = look;
      if (last?.present && present && at - last.at <= gapMs) {
        const alive = (from: number, until: number) => {
          const latest = spent.at(-1);
          if (until <= from) return;
          if (latest && latest[1] >= from) latest[1] = until;
          else spent.push([from, until]);
        };
        // Signs of life up to the last look, then those after it: in between somebody may have been away.
        const first = Math.min(at, last.active + idleMs);
        alive(last.at, first);
        if (active > last.at) alive(Math.max(active, first, last.at), at);
      }
      last = look;
    },
    /** The stretches since the last call. */
    take(): Interval[] {
      const taken = spent;
      spent = [];
      return taken;
    },
  };
}
