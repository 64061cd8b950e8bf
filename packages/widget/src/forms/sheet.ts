import type { Kit } from '../kit.ts';

/** Words that fields and rows say of their own. */
type SheetWord = 'optional' | 'up' | 'down' | 'remove' | 'removeThis' | 'movedSaid';

/** Which field is wrong, by a JSON pointer (RFC 6901) in what is typed, and why. */
export type Faults = Readonly<Record<string, string>>;

/** What the fields of a form are drawn with. */
export interface Sheet<Key extends string> {
  h: Kit['h'];
  say(key: Key | SheetWord, values?: Readonly<Record<string, string | number>>): string;
  announce(message: string): void;
  /** What is typed. */
  form: object;
  faults: Faults;
  /** Pointers of what was drawn: a fault elsewhere is told by whoever owns the form. */
  drawn: Set<string>;
  /** Whether a setting cannot change any more. */
  fixed(field: string): boolean;
  /** Takes what was typed at a pointer. */
  edit(pointer: string, value: unknown): void;
  /** Puts the focus there once it is drawn. */
  focus(selector: string): void;
}

type Tree = { [name: string]: unknown };

/** A copy in which the value at a path is another one. */
export function withValue<Whole>(whole: Whole, [name, ...rest]: readonly string[], value: unknown): Whole {
  if (name === undefined) return value as Whole;
  const inner = withValue((whole as Tree)[name], rest, value);
  return (
    Array.isArray(whole)
      ? whole.map((each, place) => (`${place}` === name ? inner : each))
      : { ...(whole as Tree), [name]: inner }
  ) as Whole;
}

/** The path of a pointer such as `#/prizes/0/name`. */
export const pathOf = (pointer: string): string[] => pointer.split('/').slice(1);

/** What is typed at a pointer. */
export const valueAt = (form: object, pointer: string): unknown =>
  pathOf(pointer).reduce<unknown>((inner, name) => (inner as Tree)[name], form);

/** What is wrong at a pointer, or within what is typed there. */
export function faultAt<Key extends string>(
  { faults, drawn }: Sheet<Key>,
  pointer: string,
  within = true,
): string | undefined {
  drawn.add(pointer);
  if (faults[pointer]) return faults[pointer];
  const inner = within && Object.keys(faults).find((at) => at.startsWith(`${pointer}/`));
  if (!inner) return undefined;
  drawn.add(inner);
  return faults[inner];
}

/** Without what is said about a field, about anything within it, and about what it lies in. */
export const forgive = (faults: Faults, pointer: string): Faults =>
  Object.fromEntries(
    Object.entries(faults).filter(
      ([at]) => at !== pointer && !at.startsWith(`${pointer}/`) && !pointer.startsWith(`${at}/`),
    ),
  );
