import {
  createProgressOutbox,
  type ProgressAnswer,
  type ProgressOutbox,
  type TimeTracker,
  trackTime,
} from '@laurelkit/sdk/progress';
import type { Kit } from '../kit.ts';

/** What was answered to what a learner did. */
export type Recorded = ProgressAnswer;

/** Whose progress in which course is recorded, and who hears of the answers. */
interface Recording {
  course: string;
  /** Id of the enrolment: learners who share a browser are told apart by it. */
  learner: string;
  heard(answer: Recorded): void;
}

/** Tells of a lesson that it was opened, and how long it was in front of the learner. */
export interface Recorder {
  /** Where what is told of a video goes, too. */
  readonly outbox: ProgressOutbox;
  open(lesson: string, area: Element | null): void;
  close(): void;
  stop(): void;
}

/** Records what a learner does with lessons: kept until the server has it, also without a connection. */
export function createRecorder({ session }: Kit, { course, learner, heard }: Recording): Recorder | null {
  const connection = session.own.peek();
  if (!connection) return null;
  const outbox = createProgressOutbox({ connection, course, learner });
  outbox.onAnswer(heard);
  let time: TimeTracker | undefined;
  return {
    outbox,
    open(lesson, area) {
      time?.stop();
      void outbox.record({ lesson, kind: 'viewed' }).catch(() => {});
      time = trackTime(area ?? document, { lesson, outbox });
    },
    close() {
      time?.stop();
      time = undefined;
    },
    stop() {
      time?.stop();
      // What was left to tell is kept first; then it waits for the next start.
      setTimeout(outbox.close, 1000);
    },
  };
}
