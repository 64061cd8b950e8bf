import { whenHidden } from './leaving.ts';
import { createPresence, type PresenceOptions } from './presence.ts';
import type { ProgressOutbox } from './progress-outbox.ts';
import { createWallClock } from './wall-clock.ts';

/** Options of `trackTime`. */
export interface TrackTimeOptions extends PresenceOptions {
  /** Id of the lesson. */
  lesson: string;
  outbox: Pick<ProgressOutbox, 'record'>;
  /** Milliseconds between two reports; 30,000 unless told. */
  flushMs?: number | undefined;
  /** Something goes on that needs no hand, such as a video that plays: a sign of life by itself. */
  busy?: (() => boolean) | undefined;
}

/** Time that is followed. */
export interface TimeTracker {
  /** Reports now. Resolves when that is kept. */
  flush(): Promise<void>;
  /** Reports what is left and follows no longer. */
  stop(): void;
}

const lookMs = 1000;
const signs = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'wheel', 'touchstart', 'input'];

/**
 * Follows for how long a lesson is in front of the learner and reports it (`spent`): the page is visible and has the focus, the
 * element (where one is given) is in the window, and there was a sign of life within the last minute.
 *
 * @example
 * ```ts
 * const time = trackTime(document.querySelector('article'), { lesson: 'reading', outbox });
 * ```
 */
export function trackTime(target: Element | Document, options: TrackTimeOptions): TimeTracker {
  const { lesson, outbox, flushMs = 30_000, busy, idleMs, gapMs } = options;
  const presence = createPresence({ idleMs, gapMs });
  const now = () => performance.now();
  const instant = createWallClock();
  let active = now();
  let inWindow = true;

  const onSign = () => {
    active = now();
  };
  const look = () => {
    if (busy?.()) onSign();
    presence.add({
      at: now(),
      present: document.visibilityState !== 'hidden' && document.hasFocus() && inWindow,
      active,
    });
  };
  async function flush(): Promise<void> {
    look();
    const told = presence.take().map(([from, to]) => ({ from: instant(from), occurredAt: instant(to) }));
    if (told.length > 0) await outbox.record(...told.map((each) => ({ ...each, lesson, kind: 'spent' as const })));
  }
  const report = () => void flush().catch(() => {});

  const observer =
    'ownerDocument' in target && target.ownerDocument && globalThis.IntersectionObserver
      ? new IntersectionObserver((entries) => {
          look();
          inWindow = entries.at(-1)?.isIntersecting ?? true;
          look();
        })
      : undefined;
  observer?.observe(target as Element);
  for (const sign of signs) addEventListener(sign, onSign, { capture: true, passive: true });
  for (const change of ['focus', 'blur']) addEventListener(change, look);
  const looking = setInterval(look, lookMs);
  const flushing = setInterval(report, flushMs);
  const stopHiding = whenHidden(report);
  look();

  return {
    flush,
    stop() {
      report();
      observer?.disconnect();
      for (const sign of signs) removeEventListener(sign, onSign, { capture: true });
      for (const change of ['focus', 'blur']) removeEventListener(change, look);
      clearInterval(looking);
      clearInterval(flushing);
      stopHiding();
    },
  };
}
