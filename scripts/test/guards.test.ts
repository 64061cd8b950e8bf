import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contract } from '../../packages/sdk/src/contract/index.ts';
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
