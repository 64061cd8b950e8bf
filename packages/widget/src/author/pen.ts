import { forgive, pathOf, type Sheet, withValue } from '../forms/sheet.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { Course, CourseNode } from './node.ts';
import type { AuthorState } from './state.ts';
import type { Author } from './store.ts';
import type { AuthorKey } from './words.ts';

/** What every part of the editor is drawn with. */
export interface Pen {
  h: Kit['h'];
  kit: Kit;
  say(key: AuthorKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  /** An instant in a zone, the reader's own unless told. */
  date(instant: string, timeZone?: string): string;
  locale: string;
  author: Author;
  state: AuthorState;
  /** Level of the headings below the title. */
  heading: number;
  announce: Drawn['say'];
}

/** As {@link Pen}, for a course that is there and whose draft was read. */
export interface CoursePen extends Pen {
  course: Course;
  nodes: readonly CourseNode[];
}

/** Fields of settings or of a cohort: what is typed is kept in the state until it is saved. */
export function formSheet(pen: Pen, which: 'form' | 'cohort', fixed: (field: string) => boolean): Sheet<AuthorKey> {
  const { author, state } = pen;
  const form = which === 'form' ? state.form : state.cohort?.form;
  return {
    ...{ h: pen.h, say: pen.say, announce: pen.announce, focus: author.focus, fixed, drawn: new Set() },
    form: form ?? {},
    faults: state.faults,
    edit(pointer, value) {
      const now = author.state.peek();
      const faults = forgive(now.faults, pointer);
      if (which === 'form' && now.form) author.set({ form: withValue(now.form, pathOf(pointer), value), faults });
      if (which === 'cohort' && now.cohort) {
        author.set({ cohort: { ...now.cohort, form: withValue(now.cohort.form, pathOf(pointer), value) }, faults });
      }
    },
  };
}

/** What was said last, and where the focus goes when nothing else is nearer. */
export function told({ h, say, state }: Pen, rest: readonly string[] = []) {
  const { note } = state;
  return h(
    'div',
    { class: 'telling', key: 'told' },
    note &&
      h(
        'p',
        {
          class: `told${note.bad ? ' wrong' : ''}`,
          part: note.bad ? 'error' : undefined,
          tabIndex: -1,
          role: note.bad ? 'alert' : 'status',
        },
        [say(note.key, note.values), note.detail, ...rest].filter(Boolean).join(' '),
      ),
  );
}

/** A button of the editor. */
export function button(
  { h }: Pen,
  label: string,
  onClick: (event: MouseEvent) => void,
  attributes: Record<string, unknown> = {},
) {
  return h('button', { type: 'button', class: 'button small', onClick, ...attributes }, label);
}
