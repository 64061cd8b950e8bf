/** What is wrong with a setting, to be read as a sentence after its pointer. */
export interface Fault {
  /** A JSON pointer without `#/`. */
  pointer: string;
  detail: string;
}

/** Where the values stand that came before. */
export const repeated = (values: readonly string[]): number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? index : []));
