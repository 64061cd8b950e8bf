import type { Connection } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Kit } from '../kit.ts';
import { zoneOf } from '../learning/read.ts';
import type { Enrolment } from '../learning/state.ts';
import { answers } from './answers.ts';
import type { EnrolKey } from './words.ts';

const enroll = 'POST /courses/{course}/enroll';

const sentences: Readonly<Record<string, EnrolKey>> = {
  enrolment_closed: 'closed',
  course_not_published: 'closed',
  course_full: 'full',
  payment_not_configured: 'noPaying',
  landing_not_allowed: 'noPaying',
  too_many_requests: 'tooMany',
};

/** What becomes of enrolling and paying; `course` is the slug it is about. */
export interface EnrolState {
  busy: string;
  /** The course whose line somebody may want to leave. */
  leaving: string;
  failed: { course: string; why: EnrolKey } | null;
}

/** Enrols, pays, leaves the line. */
export interface Enrolling {
  readonly state: Signal<EnrolState>;
  enrol(course: string, cohort?: string): Promise<Enrolment | null>;
  /** Asks whether to leave the line of a course; `''` asks no more. */
  ask(course: string): void;
  /** Gives up a place in line; answers whether that worked. */
  leave(enrolment: Enrolment): Promise<boolean>;
  /** Leaves the page for where it is paid. */
  pay(enrolment: Enrolment): Promise<void>;
}

/** Enrolling in courses; a course that is busy is not asked again. `after` hears the slug of each that is not as it was. */
export function createEnrolling(kit: Kit, after: (course: string) => unknown): Enrolling {
  const { signal, session, checked, call, safeUrl } = kit;
  const state = signal<EnrolState>({ busy: '', leaving: '', failed: null });
  const set = (changes: Partial<EnrolState>) => {
    state.value = { ...state.peek(), ...changes };
  };

  async function run<T>(course: string, work: (who: Connection) => Promise<T>): Promise<T | null> {
    const who = session.own.peek();
    if (!who || state.peek().busy) return null;
    set({ busy: course, failed: null });
    try {
      const answer = await work(who);
      set({ busy: '' });
      return answer;
    } catch (error) {
      const { code = '', status } = error as { code?: string; status?: number };
      set({ busy: '', failed: { course, why: sentences[code] ?? 'notSent' } });
      // The course is not what this element knew.
      if (status === 409) void after(course);
      return null;
    }
  }

  return {
    state,
    async enrol(course, cohort) {
      const made = await run(course, (who) =>
        checked(who, enroll, answers[enroll])({ course, timeZone: zoneOf(), ...(cohort && { cohort }) }),
      );
      if (!made) return null;
      await after(course);
      return made;
    },
    ask: (leaving) => set({ leaving, failed: null }),
    async leave({ id, course }) {
      const left = await run(course, (who) =>
        call(who, 'POST /enrolments/{enrolment}/cancel')({ enrolment: id, from: 'waiting' }),
      );
      if (left) {
        await after(course);
        set({ leaving: '' });
      }
      return !!left;
    },
    async pay({ id, course }) {
      const back = location.href;
      const made = await run(course, (who) =>
        call(who, 'POST /enrolments/{enrolment}/checkout')({ enrolment: id, successUrl: back, cancelUrl: back }),
      );
      const url = safeUrl(made?.url, /^https?:$/);
      if (url) location.assign(url);
    },
  };
}
