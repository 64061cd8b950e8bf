import { forgive, pathOf, type Sheet, withValue } from '../forms/sheet.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
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
export interface FormPen extends Pen, Sheet<EditorKey> {
  say: Speech['say'];
  form: Form;
  contest: Contest | 'new';
}

/** Takes what was typed into the form; a fault that was told there is forgiven. */
export function edit({ editor }: Pen, pointer: string, value: unknown): void {
  const { form, faults } = editor.state.peek();
  if (!form) return;
  editor.set({ form: withValue(form, pathOf(pointer), value), faults: forgive(faults, pointer) });
}
