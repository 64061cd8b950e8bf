/** What does not hold in evidence, in words for whoever checks it. */
export class Flaw extends Error {}

/** Goes on only when something holds. @throws Flaw */
export function hold(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Flaw(otherwise);
}
