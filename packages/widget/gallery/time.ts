const hour = 3_600_000;

/** Milliseconds of a day. */
export const day = 24 * hour;

/** An instant so many milliseconds from now. */
export const at = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

/** An id that a number stands behind. */
export const uuid = (number: number): string => `01920000-0000-7000-8000-${String(number).padStart(12, '0')}`;
