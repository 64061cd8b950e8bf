import { allSelves, cohortSubject, selfSubject } from '../bus.ts';
import { findActive, findCourse } from '../curriculum/find-course.ts';
import { percentOf } from '../curriculum/weigh.ts';
import { databaseOn } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import { isHost } from '../http/caller.ts';
import type { TopicKind } from '../http/live-topic.ts';
import { LaurelProblem } from '../problem.ts';
import { createRecent } from '../recent.ts';
import { paced } from './paced.ts';

const mostCourses = 200;

interface Counts {
  learners: number;
  completed: number;
}

const countLearners = (schema: string) => `
select count(*)::integer as learners, count(completed_at)::integer as completed
from ${schema}.enrolment where course_id = $1 and state = 'active'`;

const selectOwn = (schema: string) => `
select seq, earned, total, completed_at
from ${schema}.enrolment where course_id = $1 and participant_id = $2 and state = 'active'`;

/** Opens `course:{course}`: tells a learner how far they are, wherever and on whatever device they went on. */
export function courseTopics(storage: Storage, schema: string): TopicKind {
  // Outlives the call, and with it the call's transaction.
  const database = databaseOn(storage, schema);
  return {
    audience: (caller) => (caller.kind === 'participant' ? caller.id : caller.kind),
    open: async (name, reference, context) => {
      const { caller } = context;
      if (caller.kind !== 'participant') {
        throw new LaurelProblem('forbidden', 'Only a learner can follow their own progress. Send a participant token.');
      }
      const course = await findCourse(context.database, reference, caller);
      await findActive(context.database, course, caller.id);
      return {
        subjects: [selfSubject(course.id, caller.id), allSelves],
        read: async (position) => {
          const [own] = await database.query<{
            seq: string | number;
            earned: string | number;
            total: string | number;
            completed_at: Date | null;
          }>(selectOwn(database.schema), [course.id, caller.id]);
          if (!own || (position !== null && Number(own.seq) <= position)) return null;
          const seq = Number(own.seq);
          const percent = percentOf(Number(own.earned), Number(own.total));
          const completedAt = own.completed_at?.toISOString() ?? null;
          const data = { topic: name, course: course.slug, seq, percent, completedAt };
          return { event: 'progress', data, position: seq };
        },
      };
    },
  };
}

/**
 * Opens `cohort:{course}`: tells the host and those who learn that learners of the course moved on, once a second at most.
 * @param isEnding - whether the storage is about to be closed: a reading that waited for its second is left out then
 */
export function cohortTopics(storage: Storage, schema: string, isEnding: () => boolean): TopicKind {
  const database = databaseOn(storage, schema);
  const counting = createRecent<() => Promise<Counts | null>>(mostCourses);
  const countsOf = (courseId: string) => {
    const known = counting.get(courseId);
    if (known) return known;
    const made = paced(async () => {
      if (isEnding()) return null;
      const [counts] = await database.query<Counts>(countLearners(database.schema), [courseId]);
      return counts ?? null;
    });
    counting.set(courseId, made);
    return made;
  };

  return {
    // Each participant for themself: whether they learn here is asked at the opening.
    audience: (caller) => (isHost(caller) ? 'host' : caller.kind === 'participant' ? caller.id : caller.kind),
    open: async (name, reference, context) => {
      const { caller } = context;
      if (!isHost(caller) && caller.kind !== 'participant') {
        throw new LaurelProblem('forbidden', 'Only learners of the course and the host can follow it.');
      }
      const course = await findCourse(context.database, reference, caller);
      if (caller.kind === 'participant') await findActive(context.database, course, caller.id);
      const counts = countsOf(course.id);
      return {
        subjects: [cohortSubject(course.id)],
        // What it says may be as before: it is the moment that counts.
        read: async () => {
          const now = await counts();
          return now && { event: 'cohort', data: { topic: name, course: course.slug, ...now }, position: 0 };
        },
      };
    },
  };
}
