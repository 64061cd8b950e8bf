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

/** One operation of the served document, as far as requests are made from it. */
export interface DocumentedOperation {
  operationId: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
  responses: Record<string, unknown>;
}

/** A request as it goes over the wire. */
export interface GeneratedRequest {
  /** Path below the mount, and query. */
  target: string;
  credential: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Real values by field name: what exists, so that requests get past the front door. */
export type World = Record<string, readonly unknown[]>;

/** One time in `times` the odd one. */
const oneIn = <T>(times: number, odd: fc.Arbitrary<T>, usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: times - 1, arbitrary: usual });

/** Written into JSON as it stands, for numbers that `JSON.stringify` would not write. */
const raw = (text: string) => `raw:${text}`;
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

const hostile: readonly unknown[] = [
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
  if (schema.type === 'array') return fc.array(valueOf('', schema.items ?? {}, {}), { maxLength: 4 });
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

function valueOf(name: string, schema: JsonSchema, world: World): fc.Arbitrary<unknown> {
  const real = world[name];
  return fc.oneof(
    ...(real ? [{ weight: 40, arbitrary: fc.constantFrom(...real) }] : []),
    { weight: real ? 3 : 14, arbitrary: byType(schema) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
  );
}

function objectOf({ properties, required = [], additionalProperties }: JsonSchema, world: World) {
  const known = Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, schema]) => [name, valueOf(name, schema, world)]),
  );
  const open = typeof additionalProperties === 'object' ? additionalProperties : { type: 'number' };
  const unknown = fc.dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'role', 'score', 'id', ''), texts(0, 40)),
    byType(open),
    { maxKeys: 3 },
  );
  return fc
    .tuple(fc.record(known, { requiredKeys: required }), unknown, fc.integer({ min: 0, max: 29 }))
    .map(([fields, more, dice]): unknown => {
      if (dice === 0) return Object.fromEntries(Object.entries(fields).slice(1));
      return dice === 1 || properties === undefined ? withOwn(fields, more) : fields;
    });
}

/** Own fields, `__proto__` too, which an object literal would take for the prototype. */
function withOwn(fields: object, more: object): object {
  const all = { ...fields };
  for (const [name, value] of Object.entries(more)) {
    Object.defineProperty(all, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return all;
}

const broken = fc.constantFrom(
  '{',
  '{"a":}',
  '[1,',
  'nul',
  '"\\x"',
  '{"a":1}}',
  '\ufeff{}',
  "{'a':1}",
  '',
  ' ',
  '0',
  '""',
);
const write = (value: unknown) => JSON.stringify(value).replace(/"raw:([^"]*)"/g, '$1');

function bodies(schema: JsonSchema, world: World): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 22, arbitrary: objectOf(schema, world).map(write) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile).map(write) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.constant(`{"a":"${'x'.repeat(270_000)}"}`) },
  );
}

const rawText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const percent = (value: unknown) => encodeURIComponent(rawText(value).replace(/^raw:/, '').toWellFormed());

const segments = (schema: JsonSchema, name: string, world: World) =>
  fc
    .oneof(
      { weight: 12, arbitrary: valueOf(name, schema, world).map(percent) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('%', '%zz', '%00', '%ED%A0%80', '%2F', '*', 'a%2f..%2fb', '%C0%AE', "'"),
      },
    )
    .filter((segment) => !/^(\.|%2e){0,2}$/i.test(segment));

const oddQueries = fc.constantFrom(
  'x=1',
  '__proto__=1',
  'limit=1&limit=2',
  'limit[]=1',
  '%',
  '=',
  'a=%ED%A0%80',
  'q=%00',
);

function queries(parameters: DocumentedOperation['parameters'], world: World): fc.Arbitrary<string> {
  const parts = parameters.map(({ name, schema, required }) => {
    const pair = valueOf(name, schema, world).map((value) => `${name}=${percent(value)}`);
    return required ? oneIn(30, fc.constant(''), pair) : oneIn(2, pair, fc.constant(''));
  });
  return fc.tuple(...parts, oneIn(12, oddQueries, fc.constant(''))).map((given) => given.filter(Boolean).join('&'));
}

const oddHeaders: Record<string, readonly string[]> = {
  'content-type': ['application/json; charset=utf-8', 'text/plain', 'application/jsonp', 'multipart/form-data'],
  'idempotency-key': ['a', 'b', 'c', 'd', 'e', ' ', 'two words', '"quoted"', 'k'.repeat(256), 'ä'],
  origin: ['https://shop.example', 'https://shop.example', 'https://evil.example', 'null', '', 'https://shop.example.'],
  'last-event-id': ['0', '1.2', '-1', '9'.repeat(30), 'x', ''],
  cookie: [
    'laurel_click_friends=x',
    'a=b; laurel_click_friends=..',
    '=;=;',
    `laurel_click_friends=${'0'.repeat(36)}.x`,
  ],
  'x-forwarded-for': ['1.2.3.4', 'unknown', ',,,', '::1, x'],
  'content-length': ['-1', 'x', '1e9'],
};

/** Mostly the headers a decent client sends; now and then an odd one in their place. */
const headerSets = (hasBody: boolean) =>
  fc
    .tuple(...Object.values(oddHeaders).map((values) => oneIn(20, fc.constantFrom(...values), fc.constant('-'))))
    .map((values) => {
      const odd = Object.keys(oddHeaders).flatMap((name, index) =>
        values[index] === '-' ? [] : [[name, values[index]]],
      );
      return { ...(hasBody && { 'content-type': 'application/json' }), ...Object.fromEntries(odd) } as Record<
        string,
        string
      >;
    });

/** Requests for one operation at `path`, from each kind of caller. */
export function requestsFor(
  path: string,
  operation: DocumentedOperation,
  credentials: readonly string[],
  world: World,
): fc.Arbitrary<GeneratedRequest> {
  const among = (place: string) => operation.parameters.filter((each) => each.in === place);
  const schema = operation.requestBody?.content['application/json'].schema;
  return fc
    .record({
      path: fc.record(
        Object.fromEntries(among('path').map((each) => [each.name, segments(each.schema, each.name, world)])),
      ),
      query: queries(among('query'), world),
      credential: fc.constantFrom(...credentials),
      headers: headerSets(schema !== undefined),
      body: schema ? bodies(schema, world) : fc.constant(undefined),
    })
    .map(({ path: values, query, ...rest }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
      return { ...rest, target: query ? `${filled}?${query}` : filled };
    });
}
