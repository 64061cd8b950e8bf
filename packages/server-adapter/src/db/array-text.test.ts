import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { arrayText } from './array-text.ts';

const pglite = new PGlite();
afterAll(() => pglite.close());

/** What PostgreSQL makes of it. */
async function read<Type>(type: string, values: readonly (string | number | boolean | null)[]): Promise<Type[]> {
  const { rows } = await pglite.query<{ value: Type }>(`select unnest($1::text::${type}[]) as value`, [
    arrayText(values),
  ]);
  return rows.map(({ value }) => value);
}

test('whatever the text, PostgreSQL reads what was written', async () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0') && value.isWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { minLength: 1 }), async (values) => {
      fc.pre(values.some((value) => value !== null));
      expect(await read('text', values)).toEqual(values);
    }),
    { numRuns: 200 },
  );
  expect(await read('text', ['', 'null', 'NULL', '{}', 'a,b', ' a ', '\\', '"'])).toEqual([
    ...['', 'null', 'NULL', '{}', 'a,b', ' a ', '\\', '"'],
  ]);
});

test('numbers, truth and ranges', async () => {
  expect(await read('int', [1, null, -3])).toEqual([1, null, -3]);
  expect(await read('boolean', [true, false, null])).toEqual([true, false, null]);
  expect(await read('int4multirange', ['{[1,3),[5,7)}', null])).toEqual(['{[1,3),[5,7)}', null]);
});

test('nothing but nulls is null: beside others unnest makes nulls of it', async () => {
  expect(arrayText([null, null])).toBeNull();
  expect(arrayText([])).toBeNull();
  const { rows } = await pglite.query('select * from unnest($1::int[], $2::text[]) each(a, b)', ['{1,2}', null]);
  expect(rows).toEqual([
    { a: 1, b: null },
    { a: 2, b: null },
  ]);
});
