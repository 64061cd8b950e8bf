import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { forgive } from './faults.ts';
import type { Contest, Form } from './form.ts';
import type { Editor } from './store.ts';
import type { EditorKey } from './words.ts';

/** What the editor speaks with. */
export interface Speech {
  say(key: EditorKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  /** An instant in a zone, the reader's own unless told. */
  date(instant: string, timeZone?: string): string;
}

/** What every part of the editor is drawn with. */
export interface Pen extends Speech {
  h: Kit['h'];
  kit: Kit;
  editor: Editor;
  /** Level of the headings below the title. */
  heading: number;
  announce: Drawn['say'];
}

/** As {@link Pen}, with the form that is drawn. */
export interface FormPen extends Pen {
  form: Form;
  contest: Contest | 'new';
  /** Pointers of what was drawn: a fault elsewhere is told below the form. */
  drawn: Set<string>;
  /** Whether a setting cannot change any more. */
  fixed(field: string): boolean;
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
export const valueAt = (form: Form, pointer: string): unknown =>
  pathOf(pointer).reduce<unknown>((inner, name) => (inner as Tree)[name], form);

/** Takes what was typed into the form; a fault that was told there is forgiven. */
export function edit({ editor }: Pen, pointer: string, value: unknown): void {
  const { form, faults } = editor.state.peek();
  if (!form) return;
  editor.set({ form: withValue(form, pathOf(pointer), value), faults: forgive(faults, pointer) });
}

/** What is wrong at a pointer, or within what is typed there. */
export function faultAt({ editor, drawn }: FormPen, pointer: string, within = true): string | undefined {
  drawn.add(pointer);
  const { faults } = editor.state.value;
  if (faults[pointer]) return faults[pointer];
  const inner = within && Object.keys(faults).find((at) => at.startsWith(`${pointer}/`));
  if (!inner) return undefined;
  drawn.add(inner);
  return faults[inner];
}
