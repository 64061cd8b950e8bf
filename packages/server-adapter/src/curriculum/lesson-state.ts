import type { Interval } from '@laurelkit/sdk/progress';

/** What is known of a learner in one lesson: the fold of its events. Every part only ever grows. */
export interface LessonState {
  viewed: boolean;
  /** In front of the learner, time that overlaps once. Milliseconds. */
  spentMs: number;
  /** What of the video was played, in its milliseconds: in order, apart from each other. */
  watched: readonly Interval[];
  /** The best, of 100. */
  score: number | null;
  submitted: boolean;
  /** The learner said that it is done. */
  checked: boolean;
  /** Staff said so. */
  signedOff: boolean;
  /** A new version counted it as done. */
  credited: boolean;
  happened: readonly string[];
}

/** Of a lesson nothing was told of. */
export const untouched: LessonState = {
  viewed: false,
  spentMs: 0,
  watched: [],
  score: null,
  submitted: false,
  checked: false,
  signedOff: false,
  credited: false,
  happened: [],
};
