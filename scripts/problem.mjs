/** Something a person can put right: shown as its message alone. */
export class Problem extends Error {}

/** What to print of an error. @param {unknown} error */
export function explain(error) {
  if (error instanceof Problem) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
