import type { Desk } from './desk.ts';

const limitedCohorts = (schema: string) => `
select id, seats from ${schema}.course_cohort where course_id = $1 and seats is not null`;

/** Seats are taken by who learns, and by who has still to pay. */
const takenSeats = (schema: string) => `
select cohort_id, count(*)::int as taken from ${schema}.enrolment
where course_id = $1 and state in ('unpaid', 'active') group by cohort_id`;

/** The seats that are left in a course. */
export interface Room {
  /** In the course; `Infinity` where seats are not limited. */
  readonly left: number;
  /** In a cohort alone. */
  leftIn(cohortId: string | null): number;
  /** Whether the course and the cohort both have a seat. */
  has(cohortId: string | null): boolean;
  /** Takes one, if there is one. */
  take(cohortId: string | null): boolean;
  /** Cohorts without a seat. */
  full(): string[];
}

/** Counts the seats that are left. True until the transaction ends, but for what it takes itself. */
export async function readRoom({ database, course }: Pick<Desk, 'database' | 'course'>): Promise<Room> {
  const { query, schema } = database;
  const cohorts = await query<{ id: string; seats: number }>(limitedCohorts(schema), [course.id]);
  const unlimited = course.seats === null && cohorts.length === 0;
  const taken = unlimited
    ? []
    : await query<{ cohort_id: string | null; taken: number }>(takenSeats(schema), [course.id]);
  const takenIn = new Map(taken.map(({ cohort_id, taken: count }) => [cohort_id, count]));
  const leftByCohort = new Map(cohorts.map(({ id, seats }) => [id, seats - (takenIn.get(id) ?? 0)]));
  let left = course.seats === null ? Number.POSITIVE_INFINITY : course.seats;
  for (const { taken: count } of taken) left -= count;

  const leftIn = (cohortId: string | null) =>
    (cohortId === null ? undefined : leftByCohort.get(cohortId)) ?? Number.POSITIVE_INFINITY;
  const has = (cohortId: string | null) => left > 0 && leftIn(cohortId) > 0;
  return {
    get left() {
      return left;
    },
    leftIn,
    has,
    take: (cohortId) => {
      if (!has(cohortId)) return false;
      left -= 1;
      if (cohortId !== null && leftByCohort.has(cohortId)) leftByCohort.set(cohortId, leftIn(cohortId) - 1);
      return true;
    },
    full: () => [...leftByCohort].filter(([, seats]) => seats <= 0).map(([id]) => id),
  };
}
