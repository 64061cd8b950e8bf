import type { Kit } from '../kit.ts';

/**
 * Hears by live messages that the learner got on in a course elsewhere, on another device or in another tab, and calls
 * `changed` a moment later; what was answered to this page is known to it.
 */
export function createElsewhere({ later, whenLive }: Kit, changed: () => void) {
  let known = 0;
  let newest = 0;
  let silence: (() => void) | undefined;
  const soon = later(
    () => {
      if (newest <= known) return;
      if (newest < Number.POSITIVE_INFINITY) known = newest;
      newest = known;
      changed();
    },
    300,
    700,
  );
  const heard = (seq = Number.POSITIVE_INFINITY) => {
    newest = Math.max(newest, seq);
    soon.call();
  };
  return {
    /** Listens to a course by its slug, from what is known of the learner's progress. */
    listen(course: string, seq = 0): void {
      known = Math.max(known, seq);
      silence ??= whenLive((live) =>
        live.listen(`course:${course}`, {
          message: (message) => 'percent' in message && heard(message.seq),
          resumed: () => heard(),
        }),
      );
    },
    /** The answer to what was done here. */
    answered(seq: number): void {
      // Each change counts one more: another one lies between.
      if (seq > known + 1) heard();
      known = Math.max(known, seq);
    },
    stop(): void {
      soon.cancel();
      silence?.();
      silence = undefined;
    },
  };
}
