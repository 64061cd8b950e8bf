import { contract, type Operation, type ProblemCode, problems, routes, type Schema } from '@laurelkit/sdk/contract';
import * as z from 'zod';

type Json = Record<string, unknown>;

/** The contract as an OpenAPI 3.1 document; `serverUrl` is where it is served. */
export function openApiDocument(serverUrl: string | null): Json {
  const paths: Record<string, Json> = {};
  for (const [resource, operations] of Object.entries(contract)) {
    for (const [name, operation] of Object.entries(operations) as [string, Operation][]) {
      const route = (routes as Record<string, Record<string, string>>)[resource]?.[name] ?? '';
      const [method = '', path = ''] = route.split(' ');
      paths[path] = { ...paths[path], [method.toLowerCase()]: describe(resource, name, operation) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Laurel',
      version: '1',
      description: 'Referral programmes, contests and leaderboards in your own stack.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl ?? '/api' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        secret: { type: 'http', scheme: 'bearer', description: 'A secret key (sk_…), for backends only.' },
        publishable: { type: 'http', scheme: 'bearer', description: 'A publishable key (pk_…), for pages.' },
        participant: { type: 'http', scheme: 'bearer', description: 'A participant token, minted by the backend.' },
        staff: { type: 'http', scheme: 'bearer', description: 'A staff token, minted by the backend.' },
      },
    },
  };
}

function describe(resource: string, name: string, operation: Operation): Json {
  return {
    operationId: `${resource}.${name}`,
    tags: [resource],
    summary: operation.summary,
    security: operation.access.map((access) => (access === 'public' ? {} : { [access]: [] })),
    parameters: [
      ...parameters('path', operation.params),
      ...parameters('query', operation.query),
      ...(takesKey(operation) ? [idempotencyKey] : []),
    ],
    ...(operation.rawBody && { requestBody: { required: true, content: { 'application/json': { schema: {} } } } }),
    ...(operation.body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(operation.body, 'input') } } },
    }),
    responses: { [operation.status ?? 200]: success(operation), ...failures(operation) },
  };
}

/** Whether an operation honours `Idempotency-Key`: all writes do but those whose body carries a key or that say no. */
export const takesKey = (operation: Operation) =>
  operation.keyed !== false &&
  operation.body !== undefined &&
  !Object.hasOwn(shapeOf(operation.body), 'idempotencyKey');

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  description: 'The same key gives the same answer and one effect.',
};

const jsonSchema = (schema: Schema, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

const shapeOf = (schema: Schema): Json => (jsonSchema(schema, 'input').properties ?? {}) as Json;

function parameters(where: 'path' | 'query', schema: Schema | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: each,
  }));
}

function success(operation: Operation): Json {
  if (operation.status === 302)
    return { description: 'Redirect', headers: { Location: { schema: { type: 'string' } } } };
  const type = operation.contentType ?? 'application/json';
  const schema = operation.response ? jsonSchema(operation.response, 'output') : { type: 'string' };
  return { description: 'Success', content: { [type]: { schema } } };
}

const shared: ProblemCode[] = ['validation_failed', 'internal_error', 'unavailable'];

/** Every problem an operation can answer with, its own and those of the way in. */
export function problemsOf(operation: Operation): ProblemCode[] {
  const open = operation.access.includes('public');
  return [
    ...shared,
    ...operation.problems,
    'unauthenticated' as const,
    'token_invalid' as const,
    'origin_not_allowed' as const,
    'too_many_requests' as const,
    ...(open ? [] : (['forbidden'] as const)),
    ...(operation.rawBody ? (['malformed_json', 'body_too_large', 'raw_body_missing'] as const) : []),
    ...(operation.body ? (['malformed_json', 'body_too_large', 'unsupported_media_type'] as const) : []),
    ...(takesKey(operation)
      ? (['idempotency_key_invalid', 'idempotency_in_flight', 'idempotency_key_reused'] as const)
      : []),
  ];
}

function failures(operation: Operation): Json {
  const byStatus = new Map<number, Set<string>>();
  for (const code of problemsOf(operation)) {
    const { status } = problems[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: [...codes].join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};
