import { hint } from '../bus.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import type { DeskServices } from './services.ts';

const columns = [
  ...(['id', 'slug', 'name', 'state', 'access', 'seats', 'waiting_list'] as const),
  ...(['price_minor', 'currency', 'version', 'ends_at'] as const),
];

/** A course whose seats nobody else gives or takes meanwhile. */
export type DeskCourse = Pick<Row<'course'>, (typeof columns)[number]>;

/** Where seats of one course are given and taken, one transaction after the other. */
export interface Desk {
  readonly database: Database;
  readonly course: DeskCourse;
  readonly curricula: Curricula;
  readonly channel: string;
  readonly actor: string;
  readonly now: Date | null;
  /** Has it told, in this transaction, that something changed for a participant. */
  tell(participantId: string, events?: readonly WrittenEvent[]): void;
}

/** Which desk is gone to, by whom, and when. */
export interface Visit {
  courseId: string;
  actor: string;
  now: Date | null;
}

const mostNamed = 50;

/**
 * Does `work` while the course's row is locked: what it reads of seats is true until the caller's transaction ends. Whoever
 * changes the state or cohort of an enrolment does it here. The course is locked before any enrolment is.
 */
export async function atDesk<Result>(
  { curricula, channel }: DeskServices,
  database: Database,
  { courseId, actor, now }: Visit,
  work: (desk: Desk) => Promise<Result>,
): Promise<Result> {
  const course = await database.kysely
    .selectFrom('course')
    .select(columns)
    .where('id', '=', courseId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const participants = new Set<string>();
  const events: WrittenEvent[] = [];
  const result = await work({
    ...{ database, course, curricula, channel, actor, now },
    tell: (participantId, told = []) => {
      participants.add(participantId);
      events.push(...told);
    },
  });
  if (participants.size > 0) {
    await emitAll(database, events);
    const selves = [...participants].map((participantId): [string, string] => [courseId, participantId]);
    await hint(database, channel, {
      ...{ selves: selves.length > mostNamed ? 'all' : selves, cohorts: [courseId] },
      ...(events.length > 0 && { outbox: true }),
    });
  }
  return result;
}
