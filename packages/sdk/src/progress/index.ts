/**
 * What browsers and servers need to keep progress that never lies: interval sets for what was played, trackers of what is
 * played and of the time spent, and an outbox that loses nothing.
 *
 * @example
 * ```ts
 * import { createProgressOutbox, trackVideo } from '@laurelkit/sdk/progress';
 * const outbox = createProgressOutbox({ connection: { baseUrl: '/api', token }, course: 'baking', learner: enrolment.id });
 * trackVideo(video, { lesson: 'welcome', lengthMs: 90_000, outbox });
 * ```
 */
export { eventId } from './event-id.ts';
export type { FramePlayer, FramePlayerOptions } from './frame-player.ts';
export { covered, gapsWithin, type Interval, lengthOf, union } from './intervals.ts';
export type { Media, Player } from './media.ts';
export {
  createProgressOutbox,
  type ProgressAnswer,
  type ProgressEvent,
  type ProgressOutbox,
  type ProgressOutboxOptions,
  type Refusal,
  type Told,
} from './progress-outbox.ts';
export { type TimeTracker, type TrackTimeOptions, trackTime } from './track-time.ts';
export { type TrackVideoOptions, trackVideo, type VideoTracker } from './track-video.ts';
export { vimeoPlayer } from './vimeo.ts';
export { youTubePlayer } from './youtube.ts';
