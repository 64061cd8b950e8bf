/**
 * Writes docs/http.md from the contract: `node --conditions=source scripts/http-reference.ts`. A test tells when it is
 * behind.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Access, contract, type ProblemCode, problems } from '../packages/sdk/src/contract/index.ts';
import { openApiDocument } from '../packages/server-adapter/src/http/openapi.ts';

interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  format?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
}

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, unknown>[];
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}

const titles: Record<keyof typeof contract, string> = {
  participants: 'Participants',
  programs: 'Programmes',
  joining: 'Joining',
  clicks: 'Clicks',
  referrals: 'Referrals',
  rewardRules: 'Reward rules',
  rewards: 'Rewards',
  payouts: 'Payouts',
  reviews: 'Reviews',
  risk: 'Risk',
  staff: 'Staff',
  conversions: 'Conversions',
  points: 'Points',
  stripe: 'Stripe',
  transfers: 'Import and export',
  contests: 'Contests',
  courses: 'Courses',
  lessons: 'Lessons',
  enrolments: 'Enrolments',
  progress: 'Progress',
  streaks: 'Streaks',
  insight: 'Who is where',
  entries: 'Entries',
  teams: 'Teams',
  draws: 'Draws and winners',
  leaderboards: 'Leaderboards',
  live: 'Live updates',
  webhooks: 'Webhooks',
  operations: 'Operations',
};

/** A schema in a few words. */
function words(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' \\| ');
  if (schema.anyOf) return schema.anyOf.map(words).join(' \\| ');
  if (schema.type === 'array') return `list of ${words(schema.items ?? {})}`;
  if (schema.type === 'object' && schema.properties) {
    return `{ ${Object.entries(schema.properties)
      .map(([name, each]) => `${name}: ${words(each)}`)
      .join(', ')} }`;
  }
  if (schema.type === 'object') return 'object';
  const format = schema.format === 'date-time' ? 'instant' : schema.format;
  return format ?? [schema.type ?? 'any'].flat().join(' \\| ');
}

/** The limits of a value worth telling. */
function limits(schema: Schema): string {
  const safe = (value: number | undefined) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    schema.default === undefined ? '' : `default \`${JSON.stringify(schema.default)}\``,
    safe(schema.minimum) ? `from ${schema.minimum}` : '',
    safe(schema.maximum) ? `to ${schema.maximum}` : '',
    schema.maxLength === undefined ? '' : `at most ${schema.maxLength} characters`,
    schema.pattern && !schema.format ? `matches \`${schema.pattern.replaceAll('|', '\\|')}\`` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

const row = (name: string, where: string, required: boolean, schema: Schema) =>
  `| \`${name}\` | ${where} | ${required ? 'yes' : ''} | ${words(schema)} | ${limits(schema)} |`;

function inputs({ parameters, requestBody }: Operation): string[] {
  const body = requestBody?.content['application/json']?.schema;
  const rows = [
    ...parameters.map(({ name, in: where, required, schema }) => row(name, where, required, schema)),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) =>
      row(name, 'body', body?.required?.includes(name) ?? false, schema),
    ),
  ];
  return rows.length === 0 ? [] : ['| input | in | required | type | limits |', '|---|---|---|---|---|', ...rows, ''];
}

function outputs({ responses }: Operation): string[] {
  const [status, success] = Object.entries(responses).find(([code]) => Number(code) < 400) ?? ['', undefined];
  const [type, content] = Object.entries(success?.content ?? {})[0] ?? [];
  const fields = Object.entries(content?.schema.properties ?? {});
  if (fields.length === 0) return [`Answers \`${status}\`${type ? ` with \`${type}\`` : ''}.`, ''];
  return [
    `Answers \`${status}\`:`,
    '',
    '| field | type |',
    '|---|---|',
    ...fields.map(([name, schema]) => `| \`${name}\` | ${words(schema)} |`),
    '',
  ];
}

const quoted = (codes: readonly string[]) =>
  codes.map((code) => `${problems[code as ProblemCode].status} \`${code}\``).join(' · ');

/** The problems of an operation's own; those that any operation can answer with stand once at the top. */
function ownProblems(operationId: string): string[] {
  const [resource = '', name = ''] = operationId.split('.');
  const table = contract as unknown as Record<string, Record<string, { problems: readonly ProblemCode[] }>>;
  const own = table[resource]?.[name]?.problems ?? [];
  return own.length === 0 ? [] : [`Problems of its own: ${quoted(own)}.`, ''];
}

const sharedProblems = Object.keys(problems).filter(
  (code) =>
    !Object.values(contract)
      .flatMap((resource) => Object.values(resource) as { problems: readonly string[] }[])
      .some((operation) => operation.problems.includes(code)),
);

const credentials: Record<Access, string> = {
  public: 'no credential',
  secret: 'secret key',
  publishable: 'publishable key',
  participant: 'participant token',
  staff: 'staff token',
};

function section(method: string, path: string, operation: Operation): string[] {
  const access = operation.security.map((each) => credentials[(Object.keys(each)[0] ?? 'public') as Access]).join(', ');
  const [resource, name] = operation.operationId.split('.');
  const table = contract as unknown as Record<string, Record<string, { contentType?: string; rawBody?: true }>>;
  const { contentType, rawBody } = table[resource ?? '']?.[name ?? ''] ?? {};
  const call =
    resource === 'operations' || contentType || rawBody ? '' : ` In the SDK: \`${operation.operationId}()\`.`;
  return [
    `### \`${method.toUpperCase()} ${path}\``,
    '',
    operation.summary,
    '',
    `With: ${access}.${call}`,
    '',
    ...inputs(operation),
    ...outputs(operation),
    ...ownProblems(operation.operationId),
  ];
}

/** The whole reference as Markdown. */
export function httpReference(): string {
  const { paths } = openApiDocument(null) as { paths: Record<string, Record<string, Operation>> };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const lines = [
    '# HTTP reference',
    '',
    'Made from the contract by `scripts/http-reference.ts`; the same is served as OpenAPI 3.1 at `/openapi.json`. Paths are',
    'below the mount path (`/api` unless told).',
    '',
    'Keys and tokens travel as `Authorization: Bearer …`. `{participant}`, `{program}` and `{contest}` take our id or the',
    'host’s own `externalId` or slug. Lists answer `{ items, nextCursor }`: pass `nextCursor` as `cursor` for the next page.',
    'Instants are UTC, money is integer minor units and a currency. Every problem is `application/problem+json` (RFC 9457)',
    'with a stable `code`, a `detail` that says what to do, and `errors` with a `pointer` to each field at fault. Writes',
    'accept an `Idempotency-Key`; conversions and points carry theirs in the body, and what answers with a webhook’s secret takes none.',
    '',
    `Problems that any operation can answer with: ${quoted(sharedProblems)}.`,
    '',
  ];
  for (const [tag, title] of Object.entries(titles)) {
    lines.push(`## ${title}`, '');
    for (const { method, path, operation } of all.filter((each) => each.operation.tags.includes(tag))) {
      lines.push(...section(method, path, operation));
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'http.md'), httpReference());
}
