import type { Desk } from './desk.ts';

/**
 * The course, whose id is null here, and its cohorts whose seats are limited. Of how many are taken the database keeps count
 * (triggers of the table `enrolment`).
 */
const limits = (schema: string) => `
select null::uuid as id, seats, seats_taken as taken from ${schema}.course where id = $1
union all
select id, seats, seats_taken from ${schema}.course_cohort where course_id = $1 and seats is not null`;

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

/** Reads which seats are left. True until the transaction ends, but for what it takes itself. */
export async function readRoom({ database, course }: Pick<Desk, 'database' | 'course'>): Promise<Room> {
  const { query, schema } = database;
  const rows = await query<{ id: string | null; seats: number | null; taken: number }>(limits(schema), [course.id]);
  const leftByCohort = new Map<string, number>();
  let left = Number.POSITIVE_INFINITY;
  for (const { id, seats, taken } of rows) {
    if (seats === null) continue;
    if (id === null) left = seats - taken;
    else leftByCohort.set(id, seats - taken);
  }

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
