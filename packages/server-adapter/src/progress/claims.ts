import type { Interval } from '@laurelkit/sdk/progress';

const slackMilliseconds = 2_000;
const dayMilliseconds = 86_400_000;
/** Trackers tell every half minute; a host may tell of a live session that was as long as this. */
const longestMilliseconds = 4 * 3_600_000;
const fastest = 400;
/** A page and the video on it tell of the same time. */
const tellers = 2;
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
 * Whether an event claims what cannot be: more video than its own time allows at its speed, a speed above 4, more time than has
 * passed since the learner was enrolled or than anybody spends at one go, or a day before the enrolment. Its time is judged by how
 * long it is: the device's clock may be off, and what it says to come is moved back as a whole.
 */
export function isImplausible({ from, until, segments, rate }: Claim, arrival: number, enrolledAt: number): boolean {
  if ((from ?? until) < enrolledAt - dayMilliseconds) return true;
  if (from === null) return false;
  const lasted = Math.max(0, until - from);
  if (lasted > Math.min(arrival - enrolledAt + headStartMilliseconds, longestMilliseconds)) return true;
  if (segments.length === 0) return false;
  const claimed = segments.reduce((sum, [start, end]) => sum + end - start, 0);
  return rate > fastest || claimed > (lasted * rate) / 100 + slackMilliseconds;
}

/** What all events of an enrolment claim together, each by itself. Milliseconds. */
export interface Claimed {
  /** Of video. */
  media: number;
  /** In front of the learner. */
  spent: number;
}

/**
 * Whether more is claimed in an enrolment than there can have been since it began: of video at the highest speed, and of time
 * twice over.
 */
export function isMoreThanTime({ media, spent }: Claimed, arrival: number, enrolledAt: number): boolean {
  const time = arrival - enrolledAt + headStartMilliseconds;
  return media > (time * fastest) / 100 || spent > time * tellers;
}
