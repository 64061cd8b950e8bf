import type { Operation, Schema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { type FieldError, LaurelProblem } from '../problem.ts';
import type { Arrival } from './arrival.ts';

/** The parts of an input, before anything is believed of them. */
export interface RawInput {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

/**
 * Parses an input by the operation's schemas into one flat object.
 * @throws LaurelProblem validation_failed with a pointer for each field at fault
 */
export function parseInput(operation: Operation, raw: RawInput): Record<string, unknown> {
  const errors: FieldError[] = [];
  const parsed: Record<string, unknown> = {};
  const take = (schema: Schema | undefined, value: unknown) => {
    if (!schema) {
      for (const key of Object.keys(value ?? {}))
        errors.push({ pointer: pointerOf([key]), detail: 'is not known here' });
      return;
    }
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) Object.assign(parsed, result.data);
    else errors.push(...result.error.issues.flatMap(fieldErrors));
  };
  take(operation.params, raw.params);
  take(operation.query, raw.query);
  take(operation.body, raw.body);
  if (errors.length === 0) return parsed;
  const first = errors[0] as FieldError;
  throw new LaurelProblem('validation_failed', `${first.pointer.slice(2) || 'The body'} ${first.detail}.`, { errors });
}

const fieldErrors = (issue: z.core.$ZodIssue): FieldError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'is not known here' }))
    : [{ pointer: pointerOf(issue.path), detail: wordsFor(issue) }];

/** A JSON pointer as a URI fragment (RFC 6901 §6). */
const pointerOf = (path: readonly PropertyKey[]) =>
  `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;

/** What to do about an issue; the contract's own words where it has some. */
export function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `is required (${issue.expected})` : `must be ${article(issue.expected)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
      return issue.message.startsWith('must') ? issue.message : `must be a valid ${issue.format}`;
    default:
      return issue.message.startsWith('must') ? issue.message : 'is not valid';
  }
}

const article = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const unitOf = (origin: string) => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '');

const jsonType = /^application\/json\s*(;|$)/i;

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws LaurelProblem body_too_large, unsupported_media_type, malformed_json
 */
export async function readJson(arrival: Pick<Arrival, 'header' | 'body'>, limit: number): Promise<unknown> {
  const bytes = await arrival.body(limit);
  if (bytes === null) throw new LaurelProblem('body_too_large', `The body may have at most ${limit} bytes.`);
  if (bytes.length === 0) return {};
  if (!jsonType.test(arrival.header('content-type') ?? '')) {
    throw new LaurelProblem('unsupported_media_type', 'Send the body as application/json.');
  }
  const { text, value } = parseJson(bytes);
  // The name can also be spelt with escapes.
  const hidden = text.includes('__proto__') || text.includes('\\u') ? prototypeMembers(value, []) : [];
  if (hidden.length === 0) return value;
  throw new LaurelProblem('validation_failed', '"__proto__" is not known here.', {
    errors: hidden.map((path) => ({ pointer: pointerOf(path), detail: 'is not known here' })),
  });
}

/**
 * Reads a body of at most `limit` bytes as it was sent.
 * @throws LaurelProblem body_too_large, raw_body_missing
 */
export async function readRaw(arrival: Pick<Arrival, 'rawBody'>, limit: number): Promise<Uint8Array> {
  const bytes = await arrival.rawBody(limit);
  if (bytes === null) throw new LaurelProblem('body_too_large', `The body may have at most ${limit} bytes.`);
  return bytes;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = decoder.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    throw new LaurelProblem('malformed_json', 'The body could not be read as JSON.');
  }
}

/** Paths to members named `__proto__`: schemas drop them silently, and a caller who sends one should be told. */
function prototypeMembers(value: unknown, path: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '__proto__' ? [[...path, name]] : prototypeMembers(member, [...path, name]),
  );
}

/**
 * Reads a query string; a name given twice is refused rather than guessed about, or counts as given first where others may
 * have added to the address (`lenient`).
 * @throws LaurelProblem validation_failed
 */
export function readQuery(search: string, lenient = false): Record<string, string> {
  if (search === '') return {};
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(search)) {
    if (name in query && lenient) continue;
    if (name in query) {
      throw new LaurelProblem('validation_failed', `"${name}" is given twice.`, {
        errors: [{ pointer: pointerOf([name]), detail: 'is given twice' }],
      });
    }
    query[name] = value;
  }
  return { ...query };
}
