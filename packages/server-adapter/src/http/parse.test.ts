import type { Operation } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { LaurelProblem } from '../problem.ts';
import { parseInput, readJson, readQuery } from './parse.ts';
import { requestArrival } from './request-arrival.ts';

const operation: Operation = {
  summary: '',
  access: ['public'],
  limit: 'none',
  params: z.strictObject({ id: z.string() }),
  query: z.strictObject({ limit: z._default(z.coerce.number().check(z.maximum(100)), 20) }),
  body: z.strictObject({
    name: z.string().check(z.minLength(2)),
    tags: z.optional(z.array(z.int())),
    kind: z.optional(z.enum(['a', 'b'])),
  }),
  problems: [],
};

/** The fields a parse complains of, with its words. */
const complaints = (body: unknown, query = {}) => {
  try {
    parseInput(operation, { params: { id: 'x' }, query, body });
    return [];
  } catch (error) {
    return ((error as LaurelProblem).errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
};

const post = (body: BodyInit | null, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  requestArrival(new Request('https://shop.example/', { method: 'POST', headers, body }));
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: LaurelProblem) => error.code,
  );

describe('parseInput', () => {
  it('makes one flat object with defaults', () => {
    const input = { params: { id: 'x' }, query: {}, body: { name: 'Ada' } };
    expect(parseInput(operation, input)).toEqual({ id: 'x', limit: 20, name: 'Ada' });
  });

  it('points at every field at fault, in words that say what to do', () => {
    expect(complaints({ tags: ['x'], kind: 'c', 'a/b~': 1 }, { limit: '101' }).sort()).toEqual([
      '#/a~1b~0 is not known here',
      '#/kind must be one of "a", "b"',
      '#/limit must be at most 100',
      '#/name is required (string)',
      '#/tags/0 must be a number',
    ]);
    expect(complaints({ name: 'A' })).toEqual(['#/name must be at least 2 characters']);
    expect(complaints(null)).toEqual(['# must be an object']);
  });

  it('never throws anything but a problem, and pollutes nothing, whatever the body', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json().map((text): unknown => JSON.parse(text)),
          fc.constant(JSON.parse('{"__proto__":{"x":1},"name":"Ada"}')),
        ),
        (body) => {
          try {
            const input = parseInput(operation, { params: { id: 'x' }, query: {}, body });
            expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
          } catch (error) {
            expect(error).toBeInstanceOf(LaurelProblem);
            expect(error).toMatchObject({ code: 'validation_failed', status: 422 });
          }
          expect('x' in {}).toBe(false);
        },
      ),
    );
  });
});

describe('readJson', () => {
  it('reads any JSON as JSON.parse does, but for members that no schema can see', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        if (/"__proto__"\s*:/.test(text)) {
          await expect(readJson(post(text), 10_000)).rejects.toMatchObject({ code: 'validation_failed' });
          return;
        }
        expect(await readJson(post(text), 10_000)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds the hidden member however it is spelt', async () => {
    for (const text of ['{"__proto__":1}', '{"\\u005f_proto__":1}', '[{"a":{"__pr\\u006Fto__":{}}}]']) {
      expect(await codeOf(readJson(post(text), 100)), text).toBe('validation_failed');
    }
  });

  it('counts bytes, not what the header says, and stops at the limit', async () => {
    expect(await readJson(post('"éé"'), 6)).toBe('éé');
    expect(await codeOf(readJson(post('"ééé"'), 6))).toBe('body_too_large');
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const request = new Request('https://shop.example/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await codeOf(readJson(requestArrival(request), 5000))).toBe('body_too_large');
    expect(sent).toBeLessThan(20_000);
  });

  it('takes no body for an empty object, of whatever type', async () => {
    expect(await readJson(post(null, {}), 10)).toEqual({});
    expect(await readJson(post('', { 'content-type': 'text/plain' }), 10)).toEqual({});
  });

  it.each([
    'text/plain',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/json+x',
    'x; application/json',
    '',
  ])('refuses a body of the type %j', async (type) => {
    expect(await codeOf(readJson(post('{}', { 'content-type': type }), 10))).toBe('unsupported_media_type');
  });

  it('refuses what is no JSON, and text that is no UTF-8', async () => {
    for (const text of ['{', '{"a":1,}', "{'a':1}", 'NaN', '\u0000', '[1 2]']) {
      expect(await codeOf(readJson(post(text), 100)), text).toBe('malformed_json');
    }
    expect(await codeOf(readJson(post(new Uint8Array([0x22, 0xff, 0x22])), 100))).toBe('malformed_json');
  });
});

describe('readQuery', () => {
  it('refuses any name given twice, and keeps all others as they are', () => {
    const pairs = fc.array(
      fc.tuple(fc.oneof(fc.constantFrom('__proto__', 'constructor', 'limit', 'toString'), fc.string()), fc.string()),
    );
    fc.assert(
      fc.property(pairs, (given) => {
        const names = given.map(([name]) => name.toWellFormed());
        const read = () => readQuery(`?${new URLSearchParams(given)}`);
        if (new Set(names).size < names.length) expect(read).toThrow(/given twice/);
        else expect(Object.keys(read()).sort()).toEqual([...names].sort());
      }),
    );
  });
});
