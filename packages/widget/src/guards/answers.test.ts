import { ContestSettings, contract, liveMessages, routes } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers as author } from '../author/answers.ts';
import { answers as boards } from '../boards/answers.ts';
import { answers as catalogue } from '../catalogue/answers.ts';
import { answers as contest } from '../contest/answers.ts';
import { answers as course } from '../course/answers.ts';
import { answers as enrolling } from '../enrolling/answers.ts';
import { answers as invitation } from '../invitation/answers.ts';
import { answers as learners } from '../learners/answers.ts';
import { answers as learning } from '../learning/answers.ts';
import { messages } from '../live/messages.ts';
import { answers as own } from '../own/answers.ts';
import { answers as progress } from '../progress/answers.ts';
import { answers as settings } from '../settings/answers.ts';
import { answers as signup } from '../signup/answers.ts';
import { answers as steps } from '../steps/answers.ts';
import { answers as team } from '../team/answers.ts';
import { answers as video } from '../video/answers.ts';
import { answers } from './answers.ts';
import type { Guard } from './shapes.ts';

interface Schema {
  _zod: {
    constr: new (def: object) => Schema;
    def: {
      type: string;
      format?: string;
      local?: boolean;
      checks?: unknown[];
      shape: Record<string, Schema>;
      element: Schema;
      innerType: Schema;
      entries: Record<string, string>;
      options: Schema[];
      values: string[];
    };
  };
  safeParse(value: unknown): { success: boolean; error?: { issues: Issue[] } };
}

interface Issue {
  code: string;
  format?: string;
  note?: string;
}

// Texts that keep to one or other rule of the contract.
const texts = [
  '*',
  'purchase',
  'PT',
  'MIRA-7K2F',
  'EUR',
  'UTC',
  'https://shop.example',
  'shop.example',
  '🎁 any text',
  'week-1',
  '09:00',
  '2026-03-01T09:00',
];

/** A schema of answers, in which whatever has a default is there. */
function answered(schema: Schema): Schema {
  const { def, constr } = schema._zod;
  const made = (changes: object) => new constr({ ...def, checks: [], ...changes });
  if (def.type === 'default') return answered(def.innerType);
  if (def.type === 'nullable' || def.type === 'optional') return made({ innerType: answered(def.innerType) });
  if (def.type === 'array') return made({ element: answered(def.element) });
  if (def.type === 'union') return made({ options: def.options.map(answered) });
  if (def.type !== 'object') return schema;
  return made({ shape: Object.fromEntries(Object.entries(def.shape).map(([name, each]) => [name, answered(each)])) });
}

/** What boards and cards do not draw, by the route that answers it: how a contest is won, how a programme is run. */
const undrawn: Record<string, readonly string[]> = {
  [routes.contests.get]: [
    ...['rulesVersion', 'description', 'createdAt', 'updatedAt', 'hideUntilEnd'],
    ...Object.keys(ContestSettings.shape),
  ],
  [routes.programs.get]: [
    ...['landingUrl', 'landingOrigins', 'qualifyingEvents', 'cookieDomain', 'timeZone', 'legalClass', 'holdDays'],
    ...['riskMode', 'paidAdsAllowed', 'createdAt', 'updatedAt'],
  ],
};

function withoutFields(schema: Schema, names: readonly string[] = []): Schema {
  const { def, constr } = schema._zod;
  const shape = Object.entries(def.shape).filter(([name]) => !names.includes(name));
  return new constr({ ...def, shape: Object.fromEntries(shape) });
}

/** Values of a schema, made from what zod knows of it. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, format, shape, element, innerType, entries, options, values, checks } = schema._zod.def;
  if (type === 'string') {
    if (format === 'uuid') return fc.uuid();
    // A time without a zone is only said in one way.
    if (format === 'datetime' && schema._zod.def.local) return fc.constant('2026-03-01T09:00');
    if (format === 'datetime')
      return fc
        .date({ min: new Date(0), noInvalidDate: true, max: new Date('9999-12-31') })
        .map((at) => at.toISOString());
    const kept = texts.filter((text) => schema.safeParse(text).success);
    return checks ? fc.constantFrom(...kept) : fc.string({ unit: 'binary' });
  }
  if (type === 'literal') return fc.constantFrom(...values);
  if (type === 'union') return fc.oneof(...options.map(valuesOf));
  if (type === 'optional') return fc.option(valuesOf(innerType), { nil: undefined });
  if (type === 'number') {
    const some = fc.integer({ min: 1, max: 90 }).filter((value) => schema.safeParse(value).success);
    return checks ? some : fc.maxSafeInteger();
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'enum') return fc.constantFrom(...Object.values(entries));
  if (type === 'nullable') return fc.option(valuesOf(innerType));
  if (type === 'array') return fc.array(valuesOf(element), { maxLength: 4 });
  if (type === 'object') {
    return fc.record(Object.fromEntries(Object.entries(shape).map(([name, each]) => [name, valuesOf(each)])));
  }
  throw new Error(`no values for ${type}`);
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, '', 'x', 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, true),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [[]],
    { length: 1 },
    'live',
    'LIVE',
    'draft scheduled',
    'toString',
    '2026-02-30',
  ),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
);

type Box = Record<string, unknown>;

/** Every place inside a value: the object it is in, and its key there. */
function places(value: unknown, into: [Box, string][] = []): [Box, string][] {
  if (!value || typeof value !== 'object') return into;
  for (const key of Object.keys(value)) {
    into.push([value as Box, key]);
    places((value as Box)[key], into);
  }
  return into;
}

interface Change {
  kind: 'replace' | 'drop' | 'add' | 'nest' | 'copy';
  at: number;
  from: number;
  to: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'drop', 'add', 'nest', 'copy'),
  at: fc.nat(),
  from: fc.nat(),
  to: odd,
});

function changed(value: unknown, changes: readonly Change[]): unknown {
  const root: Box = { value: structuredClone(value) };
  for (const { kind, at, from, to } of changes) {
    const all = places(root);
    if (all.length === 0) break;
    const [box, key] = all[at % all.length] as [Box, string];
    const [source, name] = all[from % all.length] as [Box, string];
    if (kind === 'replace') box[key] = structuredClone(to);
    // JSON has no arrays with holes.
    if (kind === 'drop') Array.isArray(box) ? box.splice(Number(key), 1) : delete box[key];
    if (kind === 'add') box[`${key}X`] = structuredClone(to);
    if (kind === 'nest') box[key] = [box[key]];
    // A cycle would have no end.
    if (kind === 'copy' && typeof source[name] !== 'object') box[key] = source[name];
  }
  return root.value;
}

// What scripts/guards.ts leaves out on purpose; of instants only how they are written.
const leftOut = ({ code, format, note }: Issue, guard: boolean) =>
  code === 'unrecognized_keys' ||
  (['too_small', 'too_big', 'custom'].includes(code) && !note) ||
  (code === 'invalid_format' && (format !== 'datetime' || guard));

/** Whether guard and schema say the same, but for what is left out. */
function agree(guard: Guard, schema: Schema, value: unknown): void {
  const { success, error } = schema.safeParse(value);
  const guarded = guard(value);
  expect(guarded, JSON.stringify(error?.issues)).toBe(
    success || (error?.issues.every((issue) => leftOut(issue, guarded)) ?? false),
  );
}

type Guards = Record<string, Guard>;
const operations = Object.entries(routes).flatMap(([resource, its]) =>
  Object.entries(its).map(([name, route]) => {
    const responses = contract[resource as 'programs'] as unknown as Record<string, { response: Schema }>;
    return [route, responses[name]?.response] as const;
  }),
);
const schemas = Object.fromEntries(operations) as Record<string, Schema>;
const courses = { author, catalogue, course, enrolling, learners, learning, progress, video };
const folders = { first: answers, ...courses, boards, contest, invitation, own, settings, signup, steps, team };
const pairs = Object.entries(folders as Record<string, Guards>)
  .flatMap(([place, guards]) =>
    Object.entries(guards).map(([route, guard]) => {
      const schema = schemas[route] && answered(schemas[route]);
      const first = place === 'first' && schema;
      return [`${place}: ${route}`, guard, first ? withoutFields(first, undrawn[route]) : schema] as const;
    }),
  )
  .concat(
    Object.entries(messages).map(([name, guard]) => [`live: ${name}`, guard, liveMessages[name as 'me'] as never]),
  )
  .map(([name, guard, schema]): [name: string, Guard, Schema] => [name, guard, schema as Schema]);

test('every guard has its schema', () => {
  expect(pairs).toHaveLength(5 + 1 + 2 + 2 + 1 + 9 + 2 + 1 + 4 + (7 + 1 + 1 + 3 + 4 + 3 + 1 + 3) + 4);
  for (const [name, , schema] of pairs) expect(schema, name).toBeDefined();
});

test.each(pairs)(
  '%s: guard and schema agree on what is valid and on what is changed',
  (_, guard, schema) => {
    const values = valuesOf(schema);
    fc.assert(
      fc.property(values, fc.array(change, { minLength: 1, maxLength: 3 }), (value, changes) => {
        expect(schema.safeParse(value).success).toBe(true);
        expect(guard(value)).toBe(true);
        agree(guard, schema, changed(value, changes));
      }),
      { numRuns: 2000 },
    );
  },
  20_000,
);

test.each(pairs)(
  '%s: guard and schema agree on one field that is wrong or missing, and on anything',
  (_, guard, schema) => {
    const one = fc.array(change, { minLength: 1, maxLength: 1 });
    let refused = 0;
    fc.assert(
      fc.property(valuesOf(schema), one, odd, (value, changes, any) => {
        const other = changed(value, changes);
        agree(guard, schema, other);
        agree(guard, schema, any);
        if (!guard(other)) refused += 1;
      }),
      { numRuns: 1000 },
    );
    // Changes that change nothing for the schema would show nothing.
    expect(refused).toBeGreaterThan(300);
  },
);
