import { covered, type Interval, union } from '@laurelkit/sdk/progress';
import type { Reply } from './referral-api.ts';
import { at } from './time.ts';
import type { Lecture } from './video.ts';

const ok = (body: unknown): Reply => ({ status: 200, body });
const refuse = (status: number, code: string): Reply => ({ status, code });

const seqOf = ({ told, elsewhere }: Lecture) => told.length + elsewhere;

/** What the learner did on another device: played from the beginning, finished it, or what was locked opened; the live message of it. */
export function learnElsewhere(lecture: Lecture, query: URLSearchParams) {
  const { lesson } = lecture;
  const position = Number(query.get('position') ?? 0);
  if (position) Object.assign(lesson, { positionMs: position, watched: [[0, position]] });
  if (query.has('done')) Object.assign(lesson, { state: 'done', completedAt: at(0), todo: [] });
  if (query.has('opened')) {
    delete lecture.refused;
    lecture.locks = [];
  }
  lecture.elsewhere += 1;
  const { course, completedAt } = lesson;
  return { topic: `course:${course}`, course, seq: seqOf(lecture), percent: completedAt ? 100 : 0, completedAt };
}

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
    seq: seqOf(lecture),
  };
}

const nodeOf = ({ lesson, locks }: Lecture) => ({
  ...{ id: lesson.id, parent: null, type: 'lesson', title: lesson.title, summary: null, label: null, kind: 'video' },
  ...{ minutes: 1, required: true, choose: null, state: locks.length > 0 ? 'locked' : lesson.state, percent: 0, locks },
  opensAt: locks.find(({ kind }) => kind === 'date')?.opensAt ?? null,
  ...{ startsAt: null, completedAt: lesson.completedAt },
});

const streak = { current: 0, longest: 0, today: false, freezes: 0, days: [] };

const progressOf = (lecture: Lecture) => ({
  ...{ enrolment: lecture.enrolment, course: lecture.lesson.course, version: 1, percent: 0, completedAt: null },
  ...{ lessonsDone: 0, lessons: 1, next: null, nodes: [], streak, seq: seqOf(lecture) },
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
