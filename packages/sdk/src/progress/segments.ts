import { type Interval, union } from './intervals.ts';

/** How a medium was found at one moment. */
export interface Sample {
  /** By a clock that only goes forward, milliseconds. */
  at: number;
  /** Where it stands, milliseconds of its time. */
  media: number;
  /** It goes on from here. */
  playing: boolean;
  rate: number;
  /** It was put here, not played up to here. */
  jumped?: boolean;
  /** It is at its end. */
  ended?: boolean;
}

/** What was played since the last claim. */
export interface Claim {
  /** Whole milliseconds of the medium, in order, apart from each other. */
  segments: Interval[];
  /** When the first of them began and the last ended, by the clock of the samples. */
  from: number;
  to: number;
  /** The fastest of them, in hundredths. */
  rate: number;
}

/** What `createSegments` needs to know. */
export interface SegmentOptions {
  /** Of the medium: nothing beyond it is claimed. Milliseconds. */
  lengthMs: number;
  /** How much further than the clock allows it may be found before that is a jump. Milliseconds; 300 unless told. */
  slackMs?: number | undefined;
}

// A file is seldom as long as its author wrote: who played to its end has seen the rest.
const tailMs = 1000;
const mostSegments = 200;

/**
 * Builds the stretches that were really played from samples of a medium. A stretch grows only while it plays, without a jump,
 * and no further than the clock allows at its rate; a pause, a jump, another rate and the end close it. No clocks, no DOM.
 */
export function createSegments({ lengthMs, slackMs = 300 }: SegmentOptions) {
  let open: { from: number; to: number; begun: number; grown: number; rate: number } | undefined;
  let closed: Interval[] = [];
  let claim: Omit<Claim, 'segments'> | undefined;

  const clamp = (media: number) => Math.min(lengthMs, Math.max(0, Math.round(media)));

  /** Keeps what is there of the stretch; it may go on after it. */
  function cut(): void {
    if (!open) return;
    const { from, to, begun, grown, rate } = open;
    open = { from: to, to, begun: grown, grown, rate };
    if (clamp(to) <= clamp(from)) return;
    closed.push([clamp(from), clamp(to)]);
    const hundredths = Math.max(1, Math.round(rate * 100));
    claim ??= { from: begun, to: grown, rate: hundredths };
    claim = { from: Math.min(claim.from, begun), to: grown, rate: Math.max(claim.rate, hundredths) };
  }

  /** Whether it can have been played up to here: since it was last seen to move, and since the stretch began. */
  function follows({ at, media, jumped }: Sample): boolean {
    if (!open || jumped || media < open.to) return false;
    const { from, to, begun, grown, rate } = open;
    return media - to <= (at - grown) * rate + slackMs && media - from <= (at - begun) * rate + slackMs;
  }

  return {
    /** The next sample; each event of the medium should give one, and a timer many while it plays. */
    add(sample: Sample): void {
      const { at, media, playing, rate, ended } = sample;
      const goesOn = follows(sample);
      if (open && goesOn && media > open.to) {
        open.to = media;
        open.grown = at;
      }
      if (open && goesOn && ended && lengthMs - media <= tailMs) open.to = Math.max(open.to, lengthMs);
      if (open && goesOn && playing && rate === open.rate) return;
      cut();
      open = playing ? { from: media, to: media, begun: at, grown: at, rate } : undefined;
    },
    /** What was played since the last call: at most 200 stretches, the rest at the next. */
    take(): Claim | undefined {
      cut();
      if (!claim) return undefined;
      const all = union(closed);
      const taken: Claim = { ...claim, segments: all.slice(0, mostSegments) };
      closed = all.slice(mostSegments);
      if (closed.length === 0) claim = undefined;
      return taken;
    },
    /** What was played and not yet claimed. */
    played: (): Interval[] => union(closed, open ? [[clamp(open.from), clamp(open.to)]] : []),
  };
}
