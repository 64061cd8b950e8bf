import { type Interval, union } from './intervals.ts';
import { whenHidden } from './leaving.ts';
import type { Media } from './media.ts';
import type { ProgressOutbox } from './progress-outbox.ts';
import { createSegments } from './segments.ts';
import { createWallClock } from './wall-clock.ts';

/** Options of `trackVideo`. */
export interface TrackVideoOptions {
  /** Id of the lesson. */
  lesson: string;
  /** Of the whole video, as the lesson says: coverage is measured against it. Milliseconds. */
  lengthMs: number;
  outbox: Pick<ProgressOutbox, 'record'>;
  /** Where it was left, on whatever device: the video begins there. Milliseconds. */
  resumeMs?: number | null | undefined;
  /** Milliseconds between two reports; 15,000 unless told. */
  flushMs?: number | undefined;
  /** As of `createSegments`: how far playing may run ahead of the clock. Milliseconds; 300 unless told. */
  slackMs?: number | undefined;
  /** `false`: what plays while the page is out of sight does not count. It counts unless told. */
  whileHidden?: boolean | undefined;
  /** Called when more was played, several times a second. */
  onPlayed?: (() => void) | undefined;
}

/** A video that is followed. */
export interface VideoTracker {
  /** What was played since it began, reported or not: milliseconds, in order, apart from each other. */
  played(): Interval[];
  /** Reports now. Resolves when that is kept. */
  flush(): Promise<void>;
  /** Reports what is left and follows no longer. */
  stop(): void;
}

const sampleMs = 200;
/** A playhead that moved less was not moved by anybody. */
const sameSpotMs = 500;
const moments = ['play', 'playing', 'pause', 'seeking', 'seeked', 'ratechange', 'ended', 'timeupdate', 'waiting'];

/**
 * Follows what is really played of a video, at any speed, and reports it: stretches that were played (`watched`), and where the
 * playhead was left (`position`). Reports every 15 seconds, on pause, at the end and when the page goes out of sight.
 *
 * @example
 * ```ts
 * const tracker = trackVideo(document.querySelector('video'), { lesson: 'welcome', lengthMs: 90_000, outbox });
 * ```
 */
export function trackVideo(media: Media, options: TrackVideoOptions): VideoTracker {
  const { lesson, lengthMs, outbox, resumeMs, flushMs = 15_000, slackMs, whileHidden = true, onPlayed } = options;
  const segments = createSegments({ lengthMs, slackMs });
  const now = () => performance.now();
  const instant = createWallClock();
  const positionOf = () => Math.min(lengthMs, Math.max(0, Math.round((media.currentTime || 0) * 1000)));
  let reported: Interval[] = [];
  let left = resumeMs ?? positionOf();
  let touched = false;
  let seen = 0;

  function look(): void {
    const hidden = !whileHidden && document.visibilityState === 'hidden';
    const { seeking = false, ended = false } = media;
    touched ||= !media.paused;
    segments.add({
      at: now(),
      media: (media.currentTime || 0) * 1000,
      playing: !media.paused && !ended && !seeking && !hidden,
      rate: media.playbackRate || 1,
      jumped: seeking,
      ended,
    });
    const to = segments.played().at(-1)?.[1] ?? 0;
    if (to !== seen) onPlayed?.();
    seen = to;
  }

  async function flush(): Promise<void> {
    look();
    const positionMs = positionOf();
    const kept: Promise<void>[] = [];
    for (let claim = segments.take(); claim; claim = segments.take()) {
      const { from, to, rate } = claim;
      reported = union(reported, claim.segments);
      left = positionMs;
      const told = { lesson, from: instant(from), occurredAt: instant(to), rate: Math.min(1600, rate), positionMs };
      kept.push(outbox.record({ ...told, kind: 'watched', segments: claim.segments.map((each) => [...each]) }));
    }
    if (kept.length === 0 && touched && Math.abs(positionMs - left) >= sameSpotMs) {
      left = positionMs;
      kept.push(outbox.record({ lesson, kind: 'position', positionMs }));
    }
    await Promise.all(kept);
  }
  const report = () => void flush().catch(() => {});

  function resume(): void {
    media.removeEventListener('loadedmetadata', resume);
    if (resumeMs && positionOf() < sameSpotMs) (media as { currentTime: number }).currentTime = resumeMs / 1000;
  }
  if (resumeMs) {
    if ((media as { readyState?: number }).readyState === 0) media.addEventListener('loadedmetadata', resume);
    else resume();
  }

  const onMoved = () => {
    touched = true;
  };
  media.addEventListener('seeked', onMoved);
  for (const moment of moments) media.addEventListener(moment, look);
  for (const moment of ['pause', 'ended']) media.addEventListener(moment, report);
  const sampling = setInterval(() => !media.paused && look(), sampleMs);
  const flushing = setInterval(report, flushMs);
  document.addEventListener('visibilitychange', look);
  const stopHiding = whenHidden(report);

  return {
    played: () => union(reported, segments.played()),
    flush,
    stop() {
      report();
      clearInterval(sampling);
      clearInterval(flushing);
      document.removeEventListener('visibilitychange', look);
      stopHiding();
      media.removeEventListener('loadedmetadata', resume);
      media.removeEventListener('seeked', onMoved);
      for (const moment of moments) media.removeEventListener(moment, look);
      for (const moment of ['pause', 'ended']) media.removeEventListener(moment, report);
    },
  };
}
