import type { Connection } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import type { Cohort } from '../learning/state.ts';
import { answers } from './answers.ts';

const route = 'GET /courses/{course}/cohorts';

const isOpen = ({ opensAt, closesAt, endsAt }: Cohort): boolean => {
  const now = Date.now();
  const before = (instant: string | null) => !instant || now < Date.parse(instant);
  return (!opensAt || Date.parse(opensAt) <= now) && before(closesAt) && before(endsAt);
};

/** The groups of a course that one can enrol in now. */
export const openCohorts = async ({ checked }: Kit, as: Connection, course: string): Promise<Cohort[]> =>
  (await checked(as, route, answers[route])({ course, limit: 50 })).items.filter(isOpen);
