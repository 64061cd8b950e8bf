import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { Action } from './state.ts';

/** One thing a form of the host's asks for. */
export type Asked = NonNullable<Action['fields']>[number];

/** What was written, by the ids of the fields, and the first that is needed and empty. */
export function valuesOf(form: HTMLFormElement, asked: readonly Asked[]) {
  const data = new FormData(form);
  const given = asked
    .map(({ id }) => [id, (data.get(id) ?? '').toString().trim()] as const)
    .filter(([, value]) => value);
  const values: Record<string, string> = Object.fromEntries(given);
  return { values, missing: asked.find(({ id, required }) => required && !values[id]) };
}

/** The fields of a form: a line of text, or one of several choices. */
export const fields = ({ h }: Kit, form: string, asked: readonly Asked[], { language: { say } }: Drawn) =>
  asked.map(({ id, label, required, choices }) => {
    const about = { id: `${form}-${id}`, name: id, class: 'input', required, 'aria-describedby': `${form}-sent` };
    return h(
      'div',
      { key: id, class: 'form' },
      h('label', { for: about.id }, label, !required && h('span', { class: 'muted' }, ` ${say('optional')}`)),
      choices
        ? h(
            'select',
            about,
            h('option', { value: '' }, say('choose')),
            choices.map((choice) => h('option', { key: choice, value: choice }, choice)),
          )
        : h('input', { ...about, maxLength: 2000 }),
    );
  });
