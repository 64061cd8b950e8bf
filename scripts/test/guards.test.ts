import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contract } from '../../packages/sdk/src/contract/index.ts';
import { call, hoist, onOneLine } from '../guard-parts.ts';
import { guardFiles, guardOf } from '../guards.ts';

it('the guards of the widget are what the contract says', () => {
  const command = 'node_modules/.bin/node --conditions=source scripts/guards.ts';
  for (const [path, guards] of Object.entries(guardFiles())) {
    expect(readFileSync(path, 'utf8'), `write them anew: ${command}`).toBe(guards);
  }
});

it('refuses a kind of schema it has no guard for, however deep', () => {
  expect(() => guardOf(contract.operations.openapi.response)).toThrow('knows no guard for a schema of the kind record');
  expect(() => guardOf(contract.leaderboards.list.query)).toThrow('knows no guard for a schema of the kind number');
  for (const def of [{ type: 'number' }, { type: 'date' }, { type: 'enum', entries: { one: 1 } }]) {
    const element = { _zod: { def: { type: 'nullable', innerType: { _zod: { def } } } } };
    expect(() => guardOf({ _zod: { def: { type: 'array', element } } })).toThrow(`of the kind ${def.type}`);
  }
});

it('writes optional fields, literals and unions', () => {
  const text = { _zod: { def: { type: 'string' } } };
  const flag = { _zod: { def: { type: 'boolean' } } };
  const either = { _zod: { def: { type: 'union', options: [text, flag] } } };
  expect(guardOf({ _zod: { def: { type: 'optional', innerType: either } } })).toEqual({
    name: 'optional(',
    given: [{ name: 'either(', given: ['text', 'flag'] }],
  });
  expect(guardOf({ _zod: { def: { type: 'literal', values: ['money'] } } })).toEqual({
    name: 'is(',
    given: ["'money'"],
  });
});

it('writes a long part that repeats once, under the name of its field; a choice within a longer one too', () => {
  const long = (word: string) => call('shape(', call('[', call('oneOf(', `'${word.repeat(60)}'`), "'kind'"));
  const [one, other] = [call('either(', long('a'), long('b')), call('either(', long('a'), long('b'), long('c'))];
  const field = (guard: typeof one, name: string) => call('shape(', call('[', guard, `'${name}'`));
  const { constants, guards } = hoist(
    { 'GET /a/{b}': field(call('listOf(', one), 'items'), 'GET /c': field(other, 'text of') },
    ['text'],
  );
  expect(constants.map(({ name, part }) => `${name} = ${onOneLine(part)}`)).toEqual([`b = ${onOneLine(one)}`]);
  expect(Object.values(guards).map(onOneLine)).toEqual([
    "shape([listOf(b), 'items'])",
    `shape([either(b, ${onOneLine(long('c'))}), 'text of'])`,
  ]);
});
