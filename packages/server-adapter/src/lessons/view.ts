import type { Context } from '../context.ts';
import type { Situation } from '../curriculum/availability.ts';
import type { Curriculum } from '../curriculum/curriculum.ts';
import { type CourseRow, type EnrolmentRow, enrolmentOf, startOf, zoneOf } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { begunIn, type KeptNodes } from '../curriculum/node-standing.ts';
import { type KeptState, readStates } from '../curriculum/read-states.ts';
import { isVisible } from '../curriculum/visible.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import { isHost } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';

/** A course as one caller sees it. */
export interface View {
  course: CourseRow;
  curriculum: Curriculum;
  /** `null` for who does not learn in it. */
  enrolment: EnrolmentRow | null;
  /** Whether all is open: staff look at what they wrote. */
  isStaff: boolean;
  situation: Situation;
  states: ReadonlyMap<string, KeptState>;
  /** The same and the units, as they decide where the learner stands. */
  kept: KeptNodes;
  sees(node: CourseNode): boolean;
}

interface UnitState {
  earned: number;
  completedAt: Date | null;
}

interface UnitsRow {
  now: Date;
  units: { unit: string; earned: number; completed_at: string | null }[];
}

/** What is earned in the units of an enrolment, and the database's clock. */
const unitsAndClock = (schema: string) => `
select coalesce($2::timestamptz, now()) as now, coalesce((
  select json_agg(json_build_object('unit', unit, 'earned', earned, 'completed_at', completed_at))
  from ${schema}.unit_state where enrolment_id = $1
), '[]'::json) as units`;

/**
 * How the caller sees a course: who learns by their version and states, anybody else as somebody new would find it.
 * @throws LaurelProblem course_not_published
 */
export async function viewOf(course: CourseRow, curricula: Curricula, context: Context): Promise<View> {
  const { database, caller } = context;
  const known = caller.kind === 'participant' ? await enrolmentOf(database, course.id, caller.id) : undefined;
  const enrolment = known?.state === 'active' ? known : null;
  const version = enrolment?.version ?? course.version;
  if (version === null) {
    throw new LaurelProblem('course_not_published', 'The course has no version yet. Publish its draft first.');
  }
  const curriculum = await curricula.of(database, course.id, version);
  const { now, units } = await readUnits(database, enrolment?.id ?? null, context.now);
  const states: Map<string, KeptState> = enrolment ? await readStates(database, enrolment.id) : new Map();
  const cohort = enrolment?.cohort ?? null;
  const isStaff = isHost(caller);
  const completed = [...states, ...units].filter(([, { completedAt }]) => completedAt !== null);
  return {
    ...{ course, curriculum, enrolment, isStaff, states },
    kept: {
      ...{ curriculum, cohort, begun: begunIn(curriculum, states.keys()) },
      lessonOf: (id) => {
        const state = states.get(id);
        return state && { state, completedAt: state.completedAt };
      },
      unitOf: (id) => units.get(id),
    },
    situation: {
      now,
      cohort,
      enrolledAt: enrolment?.enrolled_at ?? now,
      startsAt: enrolment ? startOf(course, enrolment) : course.starts_at,
      zone: enrolment ? zoneOf(course, enrolment) : course.time_zone,
      done: new Set(completed.map(([id]) => id)),
      scores: new Map([...states].flatMap(([id, { score }]) => (score === null ? [] : [[id, score] as const]))),
    },
    sees: (node) => isStaff || isVisible(curriculum, node, cohort),
  };
}

async function readUnits({ query, schema }: Database, enrolmentId: string | null, instant: Date | null) {
  const [row] = await query<UnitsRow>(unitsAndClock(schema), [enrolmentId, instant]);
  const { now, units } = row as UnitsRow;
  const entries = units.map(({ unit, earned, completed_at }): [string, UnitState] => [
    unit,
    { earned, completedAt: completed_at === null ? null : new Date(completed_at) },
  ]);
  return { now, units: new Map(entries) };
}
