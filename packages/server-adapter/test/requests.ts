import fc from 'fast-check';
import { hostile, type JsonSchema, objectOf, oneIn, valueFor, type World } from './values.ts';

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
      { weight: 12, arbitrary: valueFor(name, schema, world).map(percent) },
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
    const pair = valueFor(name, schema, world).map((value) => `${name}=${percent(value)}`);
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
