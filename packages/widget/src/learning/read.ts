import { answers as enrolling } from '../enrolling/answers.ts';
import { openCohorts } from '../enrolling/cohorts.ts';
import type { Kit } from '../kit.ts';
import { answers } from './answers.ts';
import type { LearningView } from './state.ts';

const routes = {
  course: 'GET /courses/{course}',
  outline: 'GET /courses/{course}/outline',
  progress: 'GET /courses/{course}/progress',
  enrolments: 'GET /enrolments',
} as const;

/** The zone the visitor is in: it decides which day something belongs to. */
export const zoneOf = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Reads a course and the visitor's part in it: the course must come, what is beside it may be missing. */
export async function readLearning(kit: Kit, course: string, known: LearningView | null): Promise<LearningView> {
  const { session, checked } = kit;
  const as = session.everyone();
  const own = session.own.peek();
  const [about, enrolments] = await Promise.all([
    checked(as, routes.course, answers[routes.course])({ course }),
    session.mine((who) => checked(who, routes.enrolments, enrolling[routes.enrolments])({ course, limit: 2 })),
  ]);
  // A token that has just run out: what was known of the visitor stays until somebody else is there.
  if (enrolments === undefined && known) return { ...known, course: about, at: Date.now() };
  const [first, another] = enrolments?.items ?? [];
  let enrolment = first && !another && first.state !== 'cancelled' ? first : null;
  const learns = enrolment?.state === 'active';
  const mayEnrol = own && !enrolment && about.state === 'published' && about.access === 'open';
  const [outline, progress, cohorts] = await Promise.all([
    checked(
      own ?? as,
      routes.outline,
      answers[routes.outline],
    )({ course }).catch((problem: { code?: string }) => {
      if (problem.code === 'course_not_published') return null;
      throw problem;
    }),
    learns
      ? session.mine((who) => checked(who, routes.progress, answers[routes.progress])({ course, timeZone: zoneOf() }))
      : null,
    mayEnrol ? openCohorts(kit, as, course).catch(() => []) : [],
  ]);
  // Staff see the enrolments of others, also where there is one only: to whoever is not enrolled something is locked, to staff nothing.
  if (outline && !outline.enrolled && outline.nodes.every(({ state }) => state !== 'locked')) enrolment = null;
  return {
    course: about,
    outline,
    progress: progress ?? null,
    enrolment,
    cohorts,
    signedIn: !!own && enrolments !== undefined,
    at: Date.now(),
  };
}
