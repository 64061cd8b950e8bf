import type { ProgressEventInput } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { findActive, findCourse, learnerIdOf } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { percentOf } from '../curriculum/weigh.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf, isHost } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { checkCompletion } from './complete.ts';
import { listEvents } from './events.ts';
import type { ProgressInput } from './input.ts';
import { readProgress } from './read-progress.ts';
import { type ProgressWriting, type Recorded, writeProgress } from './write.ts';

/** What progress needs of the house. */
export interface ProgressServices extends ProgressWriting {
  curricula: Curricula;
  /** Writes one call together with others that come at the same time. */
  together(item: ProgressInput): Promise<Recorded>;
  channel: string;
}

type RecordedProgress = Extract<Recorded, { outcomes: unknown }>;

/** Progress: events kept once each, and what they come to. */
export function progress(services: ProgressServices): Handlers<'progress'> {
  const { curricula, together, channel } = services;

  const write = async (
    course: string,
    participant: string | undefined,
    events: z.output<typeof ProgressEventInput>[],
    context: Context,
  ): Promise<RecordedProgress> => {
    const { caller, now, enlisted } = context;
    const item: ProgressInput = {
      course,
      // The host's name for somebody is looked up together with the rest.
      participant: isHost(caller) && participant !== undefined ? participant : await learnerIdOf(context, participant),
      isHost: isHost(caller),
      actor: actorOf(caller),
      events,
      now,
    };
    const recorded = enlisted ? await writeEnlisted(item, context) : await together(item);
    if (!recorded.learner) throw missing(recorded, item);
    return recorded;
  };

  const writeEnlisted = async (item: ProgressInput, { database }: Context): Promise<Recorded> => {
    // The host's own transaction: what it waits for is its own matter, and it has no second turn.
    const { recorded } = await writeProgress(database, services, [item], { channel, manners: 'wait' });
    return recorded[0] as Recorded;
  };

  return {
    record: async ({ course, participant, events }, context) => {
      const { outcomes, earned, total, completedAt, completed, seq } = await write(
        course,
        participant,
        events,
        context,
      );
      return {
        outcomes: outcomes.map(({ id, refusal, fresh }) => ({
          id,
          outcome: refusal ? ('refused' as const) : fresh ? ('recorded' as const) : ('repeated' as const),
          code: refusal,
        })),
        percent: percentOf(earned, total),
        completedAt: completedAt?.toISOString() ?? null,
        completed: [...completed],
        seq,
      };
    },

    get: async ({ course, participant, timeZone }, context) => {
      const found = await findCourse(context.database, course, context.caller);
      const participantId = await learnerIdOf(context, participant);
      const enrolment = await findActive(context.database, found, participantId);
      return readProgress(context, curricula, found, enrolment, timeZone ?? enrolment.time_zone);
    },

    complete: async ({ course, participant, lesson, timeZone }, context) => {
      const found = await findCourse(context.database, course, context.caller);
      const participantId = await learnerIdOf(context, participant);
      const enrolment = await findActive(context.database, found, participantId);
      const { at, done } = await checkCompletion(context, curricula, found, enrolment, lesson);
      if (!done) {
        const kind = isHost(context.caller) ? ('signed_off' as const) : ('checked' as const);
        const event = { id: uuidv7(), lesson, kind, occurredAt: at.toISOString(), timeZone };
        const { outcomes } = await write(course, participant, [event], context);
        const refusal = outcomes[0]?.refusal;
        if (refusal === 'lesson_locked') throw new LaurelProblem('lesson_locked', 'The lesson is not open yet.');
        if (refusal) throw new LaurelProblem('lesson_not_found', `The course has no lesson "${lesson}".`);
      }
      return readProgress(context, curricula, found, enrolment, timeZone ?? enrolment.time_zone);
    },

    events: ({ enrolment, lesson, limit, cursor }, { database }) =>
      listEvents(database, enrolment, { lesson, limit, cursor }),
  };
}

/** @returns what a call that refers to nobody who learns is answered with */
function missing(
  { resolved }: Extract<Recorded, { learner: null }>,
  { course, participant, isHost: byHost }: ProgressInput,
) {
  const { found_course: state } = resolved;
  if (state === null || (state === 'draft' && !byHost)) {
    return new LaurelProblem('course_not_found', `There is no course "${course}".`);
  }
  if (resolved.found_participant === null) {
    return new LaurelProblem('participant_not_found', `There is no participant "${participant}".`);
  }
  const why = resolved.state === null ? null : reasons[resolved.state as keyof typeof reasons];
  return new LaurelProblem('not_enrolled', why ?? 'The participant is not enrolled. Enrol first.');
}

const reasons = {
  waiting: 'The participant waits for a seat.',
  unpaid: 'The participant has not paid yet.',
  cancelled: 'The participant has left.',
};
