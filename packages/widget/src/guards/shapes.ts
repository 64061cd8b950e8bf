/**
 * What guards are made of. `scripts/guards.ts` writes guards from the contract's schemas; a script for pages has no
 * room for a schema library.
 */

/** Whether a value is what it should be. */
export type Guard = (value: unknown) => boolean;

export const text: Guard = (value) => typeof value === 'string';

export const flag: Guard = (value) => typeof value === 'boolean';

/** An integer that a double holds exactly. */
export const whole: Guard = Number.isSafeInteger;

/** A text that is an instant: one that is not cannot be written as a date. */
export const instant: Guard = (value) => text(value) && Date.parse(value as string) > Number.NEGATIVE_INFINITY;

/** One of some words, written with spaces between. */
export const oneOf = (words: string): Guard => {
  const all: unknown[] = words.split(' ');
  return (value) => all.includes(value);
};

/** One word. */
export const is =
  (word: string): Guard =>
  (value) =>
    value === word;

export const orNull =
  (guard: Guard): Guard =>
  (value) =>
    value === null || guard(value);

export const optional =
  (guard: Guard): Guard =>
  (value) =>
    value === undefined || guard(value);

export const either =
  (...guards: Guard[]): Guard =>
  (value) =>
    guards.some((guard) => guard(value));

export const listOf =
  (guard: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every((each) => guard(each));

/** An object with these fields, those of one guard written with spaces between, and perhaps more. */
export const shape =
  (...fields: [guard: Guard, names: string][]): Guard =>
  (value) =>
    !!value &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    fields.every(([guard, names]) => names.split(' ').every((name) => guard((value as Record<string, unknown>)[name])));
