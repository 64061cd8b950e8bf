import type { Connection } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Kit } from '../kit.ts';
import { zoneOf } from '../learning/read.ts';
import type { Enrolment } from '../learning/state.ts';
import { answers } from './answers.ts';
import type { EnrolKey } from './words.ts';

const enroll = 'POST /courses/{course}/enroll';
const checkout = 'POST /enrolments/{enrolment}/checkout';

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
  failed: { course: string; why: EnrolKey } | null;
}

/** Enrols and pays. */
export interface Enrolling {
  readonly state: Signal<EnrolState>;
  enrol(course: string, cohort?: string): Promise<Enrolment | null>;
  /** Leaves the page for where it is paid. */
  pay(enrolment: Enrolment): Promise<void>;
}

/** Enrolling in courses; a course that is busy is not asked again. `after` hears of each that worked. */
export function createEnrolling(
  { signal, session, checked, safeUrl }: Kit,
  after: (enrolment: Enrolment | null) => unknown,
): Enrolling {
  const state = signal<EnrolState>({ busy: '', failed: null });

  async function run<T>(course: string, work: (who: Connection) => Promise<T>): Promise<T | null> {
    const who = session.own.peek();
    if (!who || state.peek().busy) return null;
    state.value = { busy: course, failed: null };
    try {
      const answer = await work(who);
      state.value = { busy: '', failed: null };
      return answer;
    } catch (error) {
      const { code = '', status } = error as { code?: string; status?: number };
      state.value = { busy: '', failed: { course, why: sentences[code] ?? 'notSent' } };
      // The course is not what this element knew.
      if (status === 409) void after(null);
      return null;
    }
  }

  return {
    state,
    async enrol(course, cohort) {
      const made = await run(course, (who) =>
        checked(who, enroll, answers[enroll])({ course, timeZone: zoneOf(), ...(cohort && { cohort }) }),
      );
      if (made) await after(made);
      return made;
    },
    async pay({ id, course }) {
      const back = location.href;
      const made = await run(course, (who) =>
        checked(who, checkout, answers[checkout])({ enrolment: id, successUrl: back, cancelUrl: back }),
      );
      const url = safeUrl(made?.url, /^https?:$/);
      if (url) location.assign(url);
    },
  };
}
