import { type FieldError, LaurelProblem } from '../problem.ts';
import type { Action } from './contest-action.ts';

type Field = NonNullable<Action['fields']>[number];
type Values = Readonly<Record<string, string>>;

const pointerTo = (field: string) => `#/values/${field}`;

function faultIn({ id, required, choices }: Field, value: string): FieldError | null {
  if (value === '') return required ? { pointer: pointerTo(id), detail: 'is required' } : null;
  if (!choices || choices.includes(value)) return null;
  return { pointer: pointerTo(id), detail: `must be one of: ${choices.join(', ')}` };
}

/**
 * What was written into a form, without spaces around it and without what was left empty.
 * @throws LaurelProblem validation_failed with a pointer to each field that will not do
 */
export function formValues(fields: readonly Field[], given: Values = {}): Record<string, string> {
  const values = new Map(Object.entries(given).map(([id, value]) => [id, value.trim()]));
  const unknown = [...values.keys()].filter((id) => !fields.some((field) => field.id === id));
  const errors = [
    ...fields.flatMap((field) => faultIn(field, values.get(field.id) ?? '') ?? []),
    ...unknown.map((id) => ({ pointer: pointerTo(id), detail: 'is no field of this form' })),
  ];
  if (errors.length > 0)
    throw new LaurelProblem('validation_failed', 'The form is not filled in as asked.', { errors });
  return Object.fromEntries(
    fields.flatMap(({ id }) => (values.get(id) ? [[id, values.get(id) as string] as const] : [])),
  );
}
