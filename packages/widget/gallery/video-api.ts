import { covered, type Interval, union } from '@laurelkit/sdk/progress';
import type { Reply } from './referral-api.ts';
import { at } from './time.ts';
import type { Lecture } from './video.ts';

const ok = (body: unknown): Reply => ({ status: 200, body });
const refuse = (status: number, code: string): Reply => ({ status, code });

function record(lecture: Lecture, events: Lecture['told']) {
  const { lesson, need, refuses } = lecture;
  const length = lesson.video?.lengthMs ?? 0;
  const fresh = events.filter(({ id }) => !lecture.told.some((each) => each.id === id));
  lecture.told.push(...fresh);
  for (const { segments, positionMs } of refuses ? [] : fresh) {
    lesson.watched = union(
      lesson.watched as unknown as Interval[],
      (segments ?? []) as unknown as Interval[],
    ) as unknown as number[][];
    lesson.positionMs = positionMs ?? lesson.positionMs;
  }
  const share = (100 * covered(lesson.watched as unknown as Interval[], [0, length])) / length;
  const finished = lesson.state !== 'done' && share >= need;
  if (finished) Object.assign(lesson, { state: 'done', completedAt: at(0), todo: [] });
  return {
    outcomes: events.map(({ id }) => ({
      id,
      outcome: refuses ? 'refused' : fresh.some((each) => each.id === id) ? 'recorded' : 'repeated',
      code: refuses ?? null,
    })),
    percent: lesson.state === 'done' ? 100 : 0,
    completedAt: lesson.completedAt,
    completed: finished ? [lesson.id] : [],
    seq: lecture.told.length,
  };
}

const nodeOf = ({ lesson, locks }: Lecture) => ({
  ...{ id: lesson.id, parent: null, type: 'lesson', title: lesson.title, summary: null, label: null, kind: 'video' },
  ...{ minutes: 1, required: true, choose: null, state: locks.length > 0 ? 'locked' : lesson.state, percent: 0, locks },
  opensAt: locks.find(({ kind }) => kind === 'date')?.opensAt ?? null,
  ...{ startsAt: null, completedAt: lesson.completedAt },
});

const streak = { current: 0, longest: 0, today: false, freezes: 0, days: [] };

const progressOf = ({ lesson, enrolment, told }: Lecture) => ({
  ...{ enrolment, course: lesson.course, version: 1, percent: 0, completedAt: null, lessonsDone: 0, lessons: 1 },
  ...{ next: null, nodes: [], streak, seq: told.length },
});

/** Answers what is asked of the course of a lecture; `/told` is what was recorded. */
export function answerLecture(lecture: Lecture, path: string, body: Record<string, unknown>): Reply {
  const { lesson, refused } = lecture;
  if (path.endsWith('/told')) return ok(lecture.told);
  if (path.endsWith('/outline')) {
    return ok({
      ...{ course: lesson.course, name: 'Baking', version: 1, enrolled: true, percent: 0 },
      nodes: [nodeOf(lecture)],
    });
  }
  if (refused) return refuse(refused === 'not_enrolled' ? 403 : 409, refused);
  if (path.endsWith('/progress')) {
    return ok(body.events ? record(lecture, body.events as Lecture['told']) : progressOf(lecture));
  }
  return path.endsWith(`/lessons/${lesson.id}`) ? ok({ ...lesson, id: lesson.id }) : refuse(404, 'lesson_not_found');
}
