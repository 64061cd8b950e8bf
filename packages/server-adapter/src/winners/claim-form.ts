import type { ContestSettings } from '../db/contest-tables.ts';
import type { FieldError } from '../problem.ts';

type Fields = NonNullable<ContestSettings['claim']>['fields'];
type Values = Readonly<Record<string, string>>;

const pointerOf = (field: string) => `#/values/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** What is wrong with a claim form: each field that is missing, not asked for, or none of its choices. */
export function claimFaults(fields: Fields, values: Values): FieldError[] {
  const asked = new Map(fields.map((field) => [field.id, field]));
  const unknown = Object.keys(values).filter((id) => !asked.has(id));
  return [
    ...fields.flatMap(({ id, required, choices }) => {
      const value = writtenIn(values, id);
      if (value === '') return required ? [{ pointer: pointerOf(id), detail: 'is required' }] : [];
      if (!choices || choices.includes(value)) return [];
      return [
        { pointer: pointerOf(id), detail: `must be one of ${choices.map((each) => JSON.stringify(each)).join(', ')}` },
      ];
    }),
    ...unknown.map((id) => ({ pointer: pointerOf(id), detail: 'is not asked for' })),
  ];
}

/** What a claim form says, as it is kept: in the order asked, without empty fields and spaces around. */
export const claimOf = (fields: Fields, values: Values): Record<string, string> =>
  Object.fromEntries(fields.map(({ id }) => [id, writtenIn(values, id)]).filter(([, value]) => value !== ''));

const writtenIn = (values: Values, id: string) => (Object.hasOwn(values, id) ? (values[id] ?? '').trim() : '');
