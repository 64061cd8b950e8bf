import fc from 'fast-check';

/** The part of JSON Schema that the served OpenAPI document uses. */
export interface JsonSchema {
  type?: string;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
}

/** Real values by field name: what exists, so that requests get past the front door. */
export type World = Record<string, readonly unknown[]>;

/** One time in `times` the odd one. */
export const oneIn = <T>(times: number, odd: fc.Arbitrary<T>, usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: times - 1, arbitrary: usual });

/** Written into JSON as it stands, for numbers that `JSON.stringify` would not write. */
const raw = (text: string) => `raw:${text}`;
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

export const hostile: readonly unknown[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', 'x\udfffy', '__proto__', 'constructor', '.', '..', '\u202egnp.exe'],
  ...["' or 1=1 --", '"; drop table participant; --', '%', '\\', '$1', '{}', 'javascript:alert(1)', '//evil.example'],
  ...['null', 'undefined', 'NaN', 'Infinity', '1e400', '-1', '0', '9'.repeat(400), 'é'.repeat(500), '𝕏'.repeat(300)],
  ...[
    '2026-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2026-01-01T00:00:00.0000000004+23:59',
    '+275760-09-13T00:00:00Z',
  ],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'WyJ4Il0', 'WzllMTUsMV0'],
  ...[null, true, false, 0, -0, -1, 0.5, 1e9, 2 ** 31, 2 ** 53, -(2 ** 63), 1e300, 5e-324, [], [[]], {}, { a: null }],
  ...[raw('1e400'), raw('-1e400'), raw('9223372036854775808'), raw('0.1e-9999'), nested(500), ['x', 'y'], [1, 2]],
];

const texts = (minLength: number, maxLength: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength, maxLength: Math.min(maxLength, 30) }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 30) }) },
    { weight: 1, arbitrary: fc.constantFrom('a'.repeat(minLength), 'b'.repeat(maxLength), 'c'.repeat(maxLength + 1)) },
  );

/** Values that a schema allows, and some just outside. */
function byType(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(byType));
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date-time') return instants;
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  if (schema.type === 'string') return texts(schema.minLength ?? 0, schema.maxLength ?? 100);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (schema.type === 'array') return fc.array(valueFor('', schema.items ?? {}, {}), { minLength: 1, maxLength: 4 });
  if (schema.type === 'object') return objectOf(schema, {});
  const { minimum = -1000, maximum = 1000 } = schema;
  const edges = fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1);
  return oneIn(5, edges, fc.integer({ min: minimum, max: maximum }));
}

const instants = fc
  .tuple(
    fc.integer({ min: 0, max: 8 * 10 ** 12 }),
    fc.constantFrom('Z', '+00:00', '-03:30', '+14:00', '+23:59', '-15:59'),
  )
  .map(([at, offset]) => new Date(at).toISOString().replace('Z', offset));

export function valueFor(name: string, schema: JsonSchema, world: World): fc.Arbitrary<unknown> {
  const real = world[name];
  return fc.oneof(
    ...(real ? [{ weight: 40, arbitrary: fc.constantFrom(...real) }] : []),
    { weight: real ? 3 : 20, arbitrary: byType(schema) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
  );
}

const absent = Symbol('absent');

export function objectOf({ properties, required = [], additionalProperties }: JsonSchema, world: World) {
  const known = Object.entries(properties ?? {}).map(([name, schema]) => {
    const value = valueFor(name, schema, world);
    const presence = required.includes(name) ? 60 : world[name] ? 4 : 2;
    const there = oneIn<unknown>(presence, fc.constant(absent), value);
    return fc.tuple(fc.constant(name), there);
  });
  const open = typeof additionalProperties === 'object' ? additionalProperties : { type: 'number' };
  const names = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'role', 'score', 'id', ''), texts(0, 40));
  const unknown = fc.array(fc.tuple(names, byType(open)), { maxLength: 3 });
  const none = fc.constant<[string, unknown][]>([]);
  return fc
    .tuple(fc.tuple(...known), properties ? oneIn(20, unknown, none) : unknown)
    .map((entries) => withOwn(entries.flat().filter(([, value]) => value !== absent)));
}

/** Own fields, `__proto__` too, which an object literal would take for the prototype. */
function withOwn(entries: [string, unknown][]): object {
  const all = {};
  for (const [name, value] of entries)
    Object.defineProperty(all, name, { value, enumerable: true, configurable: true });
  return all;
}
