import { type RawBuilder, sql } from 'kysely';

/**
 * The instant every statement of a call goes by: `null` for the database's own clock (the rule), a fixed instant when a
 * test travels in time.
 */
export type Clock = () => Date | null;

/** The database's own clock. */
export const databaseClock: Clock = () => null;

/** SQL for the instant of a call. */
export const instantOf = ({ now }: { now: Date | null }): RawBuilder<Date> =>
  now ? sql<Date>`${now}::timestamptz` : sql<Date>`now()`;

/** SQL for the instant at which a statement runs, however long ago its transaction began. */
export const currentInstantOf = ({ now }: { now: Date | null }): RawBuilder<Date> =>
  now ? instantOf({ now }) : sql<Date>`clock_timestamp()`;
