import { later } from '../later.ts';
import { countdownStep } from '../parts/countdown-words.ts';
import type { Contest } from '../stores/leaderboard.ts';
import { deadlineOf, phaseOf } from '../stores/phase.ts';

/**
 * Watches the deadline of the contest it is told: calls `tick` whenever the time left reads otherwise, and when none is
 * left `read`, ever more seldom and in the end every five minutes, until the server says so too: the clock here may be
 * fast.
 */
export function watchDeadline(tick: () => void, read: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const due = later(
    () => {
      // Out of sight it waits.
      if (document.visibilityState === 'hidden') return due.call();
      tries += 1;
      read();
    },
    500,
    500,
  );
  function watch(contest: Contest): void {
    clearTimeout(timer);
    if (phaseOf(contest) === 'over') return;
    const left = Date.parse(deadlineOf(contest)) - Date.now();
    if (left > 0) {
      tries = 0;
      timer = setTimeout(() => {
        tick();
        watch(contest);
      }, countdownStep(left));
    } else due.call(500 * 5 ** Math.min(tries, 4));
  }
  return {
    watch,
    stop(): void {
      clearTimeout(timer);
      due.cancel();
    },
  };
}
