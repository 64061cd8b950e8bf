import type { Interval } from '@laurelkit/sdk/progress';

const slackMilliseconds = 2_000;
const skewMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;
const fastest = 400;
/** What a learner may begin with: trackers tell of what was played before their first event arrived. */
const headStartMilliseconds = 60_000;

/** What an event claims, in milliseconds since 1970 by the device's clock. */
export interface Claim {
  /** Since when, where it tells. */
  from: number | null;
  until: number;
  /** Stretches of video as they were sent. */
  segments: readonly Interval[];
  /** In hundredths. */
  rate: number;
}

/**
 * Whether an event claims what cannot be: more video than its own time allows at its speed, a speed above 4, time that is still
 * to come when it arrives, or time before the learner was enrolled.
 */
export function isImplausible({ from, until, segments, rate }: Claim, arrival: number, enrolledAt: number): boolean {
  if ((from ?? until) < enrolledAt - dayMilliseconds) return true;
  if (from === null) return false;
  if (until > arrival + skewMilliseconds) return true;
  if (segments.length === 0) return false;
  const claimed = segments.reduce((sum, [start, end]) => sum + end - start, 0);
  return rate > fastest || claimed > (Math.max(0, until - from) * rate) / 100 + slackMilliseconds;
}

/** Whether all video claimed in an enrolment is more than can have been played since it began, at the highest speed. */
export const isMoreThanTime = (claimedMs: number, arrival: number, enrolledAt: number): boolean =>
  claimedMs > ((arrival - enrolledAt + headStartMilliseconds) * fastest) / 100;
