import type { ColumnType, JSONColumnType } from 'kysely';

/** An instant kept by the database. */
export type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
/** `bigint`: drivers answer with a string, a number or a bigint, so read it through `Number()`. */
export type Integer = ColumnType<string | number | bigint, number, number>;
/** `jsonb`: read as what it says, written as its text. */
export type Json<T> = JSONColumnType<T & object, string, string>;
