type Value = string | number | boolean | null;

const quote = (text: string) => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

/**
 * Values as PostgreSQL reads an array of them. The drivers write arrays too, one value at a time by way of what it might be; where a
 * statement takes many long ones this is several times as fast.
 * @returns `null` where there is nothing but nulls: beside longer arrays `unnest` makes nulls of it
 */
export function arrayText(values: readonly Value[]): string | null {
  if (values.every((value) => value === null)) return null;
  return `{${values.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(',')}}`;
}
