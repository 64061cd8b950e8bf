/** The members of an object of Stripe’s. What is not there, or not of the kind asked for, is `null`. */
export interface Fields {
  /** Text that is not empty. */
  text(name: string): string | null;
  /** The id of an object, whether it was expanded or not. */
  id(name: string): string | null;
  /** A whole number. */
  count(name: string): number | null;
  flag(name: string): boolean;
  in(name: string): Fields;
  /** The items of an array, or of a list object (`{ data: […] }`). */
  list(name: string): Fields[];
  /** Its members that are text. */
  texts(): Record<string, string>;
}

/** Whether PostgreSQL can keep a text: no NUL, no half characters. */
export const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** Reads an object of which nothing is believed to be there. */
export function fieldsOf(value: unknown): Fields {
  const members = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: string) => {
    const member = members[name];
    return typeof member === 'string' && member !== '' && isStorable(member) ? member : null;
  };
  const inside = (name: string) => fieldsOf(members[name]);
  return {
    text,
    id: (name) => text(name) ?? inside(name).text('id'),
    count: (name) => (Number.isSafeInteger(members[name]) ? (members[name] as number) : null),
    flag: (name) => members[name] === true,
    in: inside,
    list: (name) => {
      const member = (members[name] ?? {}) as { data?: unknown };
      const data = Array.isArray(member) ? member : member.data;
      return Array.isArray(data) ? data.map(fieldsOf) : [];
    },
    texts: () =>
      Object.fromEntries(
        Object.entries(members).filter(
          (pair): pair is [string, string] =>
            typeof pair[1] === 'string' && isStorable(pair[0]) && isStorable(pair[1]) && pair[0] !== '__proto__',
        ),
      ),
  };
}
