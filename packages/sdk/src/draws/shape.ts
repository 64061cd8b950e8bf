const isText = (value: unknown): value is string => typeof value === 'string';
const matches = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value);

const tests: Record<string, (value: unknown) => boolean> = {
  text: (value) => isText(value) && value.isWellFormed(),
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  positive: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  digits: matches(/^\d{1,100}$/),
  hex: matches(/^([0-9a-f]{2})*$/),
  hash: matches(/^[0-9a-f]{64}$/),
  id: matches(/^[\w-]{1,64}$/),
  // Such texts sort as their instants do.
  instant: (value) => isText(value) && /^\d{4}-/.test(value) && new Date(value).toISOString() === value,
};

/**
 * What a value must be: a text names a test, or values with `|` between; a list of one is a list of such, a list of several a
 * tuple; an object has these members and perhaps others; a function chooses.
 */
export type Shape =
  | string
  | readonly Shape[]
  | { readonly [member: string]: Shape }
  | ((value: { kind?: unknown } | null | undefined) => Shape);

/** Where a value is not of a shape, and what was expected there; `null` where it is. May throw for what cannot be read. */
export function misfit(value: unknown, shape: Shape, at: string): string | null {
  if (typeof shape === 'function') return misfit(value, shape(value as null), at);
  if (typeof shape === 'string') {
    const fits =
      tests[shape]?.(value) ??
      ((value === null || typeof value !== 'object') && shape.split('|').includes(String(value)));
    return fits ? null : `${at} must be ${shape}`;
  }
  if (!Array.isArray(shape)) {
    if (typeof value !== 'object' || value === null) return `${at} must be an object`;
  } else if (!Array.isArray(value) || (shape.length > 1 && value.length !== shape.length)) {
    return `${at} must be a list`;
  }
  const isList = Array.isArray(shape) && shape.length === 1;
  for (const member of Object.keys(isList ? value : shape)) {
    const its = (shape as Record<string, Shape>)[isList ? 0 : member] as Shape;
    const found = misfit((value as Record<string, unknown>)[member], its, `${at}.${member}`);
    if (found !== null) return found;
  }
  return null;
}
