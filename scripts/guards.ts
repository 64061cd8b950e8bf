/**
 * Writes the guards of the widget from the contract's schemas: `node --conditions=source scripts/guards.ts`. A test
 * tells when they are behind.
 *
 * A guard checks what drawing depends on: types, `null`, missing fields, enums, integers, and that instants are some.
 * Left out are the formats, lengths and ranges of texts and numbers, and that a strict object has no further fields (a
 * newer server may send them).
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContestSettings, contract, liveMessages, routes } from '../packages/sdk/src/contract/index.ts';
import { call, type Expression, hoist, onOneLine, print } from './guard-parts.ts';

/** A schema as zod describes it to itself. */
interface Schema {
  _zod: {
    def: {
      type: string;
      format?: string;
      shape?: Record<string, Schema>;
      element?: Schema;
      innerType?: Schema;
      options?: readonly Schema[];
      entries?: Record<string, unknown>;
      values?: unknown[];
    };
  };
}

function shapeOf(fields: Record<string, Schema>): Expression {
  const names = new Map<string, { guard: Expression; names: string[] }>();
  for (const [name, schema] of Object.entries(fields)) {
    const guard = guardOf(schema);
    const same = names.get(onOneLine(guard)) ?? { guard, names: [] };
    names.set(onOneLine(guard), same);
    same.names.push(name);
  }
  const pairs = [...names.values()].map(({ guard, names }) => call('[', guard, `'${names.join(' ')}'`));
  return call('shape(', ...pairs);
}

/** The guard of a schema as an expression. @throws Error for a kind of schema it does not know. */
export function guardOf(schema: Schema): Expression {
  const { type, format, shape, element, innerType, options, entries, values } = schema._zod.def;
  if (type === 'string') return format === 'datetime' ? 'instant' : 'text';
  if (type === 'number' && format === 'safeint') return 'whole';
  if (type === 'boolean') return 'flag';
  if (type === 'object' && shape) return shapeOf(shape);
  if (type === 'array' && element) return call('listOf(', guardOf(element));
  // An answer has it, whether or not it was given.
  if (type === 'default' && innerType) return guardOf(innerType);
  if (type === 'nullable' && innerType) return call('orNull(', guardOf(innerType));
  if (type === 'optional' && innerType) return call('optional(', guardOf(innerType));
  if (type === 'union' && options) return call('either(', ...options.map(guardOf));
  if (type === 'literal' && values?.length === 1 && typeof values[0] === 'string') return call('is(', `'${values[0]}'`);
  const words = Object.values(entries ?? {});
  if (type === 'enum' && words.every((word) => typeof word === 'string' && /^\S+$/.test(word))) {
    return call('oneOf(', `'${words.join(' ')}'`);
  }
  throw new Error(`scripts/guards.ts knows no guard for a schema of the kind ${type}${format ? ` (${format})` : ''}`);
}

const builders = ['either', 'flag', 'instant', 'is', 'listOf', 'oneOf', 'optional', 'orNull', 'shape', 'text', 'whole'];

function fileOf(about: string, name: string, from: string, schemas: Record<string, Schema>): string {
  const whole = Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, guardOf(schema)]));
  const { constants, guards } = hoist(whole, [...builders, name]);
  const before = constants.map(({ name: word, part }) => {
    const start = `const ${word} = `;
    return `${start}${print(part, '', 120 - 1 - start.length)};\n\n`;
  });
  const fields = Object.entries(guards).map(([key, guard]) => {
    const start = /^\w+$/.test(key) ? key : `'${key}'`;
    return `  ${start}: ${print(guard, '  ', 120 - 5 - start.length)},\n`;
  });
  const [parts, body] = [before.join(''), fields.join('')];
  const used = builders.filter((word) => new RegExp(`\\b${word}\\b(?=[(,)])`).test(parts + body));
  return `// Written by scripts/guards.ts from the contract.
import { ${used.join(', ')} } from '${from}';

${parts}/** ${about} */
export const ${name} = {
${body}};
`;
}

const folder = join(import.meta.dirname, '..', 'packages', 'widget', 'src');

type Routes = typeof routes;
/** An operation of the contract, as `courses.get`. */
type Operation = { [Module in keyof Routes]: `${Module}.${keyof Routes[Module] & string}` }[keyof Routes];

/** The schemas of the answers of operations, by their routes. */
function answersOf(operations: readonly Operation[]): Record<string, Schema> {
  const paths = routes as Record<string, Record<string, string>>;
  const known = contract as unknown as Record<string, Record<string, { response: Schema }>>;
  return Object.fromEntries(
    operations.map((operation) => {
      const [module = '', name = ''] = operation.split('.');
      const answer = known[module]?.[name];
      if (!answer) throw new Error(`The contract has no operation ${operation}`);
      return [`${paths[module]?.[name]}`, answer.response];
    }),
  );
}

/** What is asked by a file that is read later, by its folder. */
const later: Record<string, Operation[]> = {
  own: ['rewards.wallet', 'reviews.mine'],
  settings: ['joining.invitation', 'joining.channels'],
  signup: ['joining.confirm'],
  invitation: ['joining.invitation'],
  contest: [
    'contests.get',
    'contests.history',
    'entries.me',
    'entries.play',
    'entries.plays',
    'programs.me',
    'draws.get',
    'draws.results',
    'draws.receipt',
  ],
  steps: ['entries.open', 'entries.act'],
  author: [
    'courses.list',
    'courses.get',
    'courses.draft',
    'courses.preview',
    'courses.versions',
    'courses.render',
    'enrolments.listCohorts',
  ],
  learners: ['insight.learners', 'insight.funnel', 'insight.heatMap', 'progress.events'],
  team: ['teams.mine'],
  boards: ['leaderboards.interval', 'leaderboards.friends', 'leaderboards.teams', 'leaderboards.cohort'],
  video: ['lessons.get', 'lessons.outline', 'progress.get'],
  learning: ['courses.get', 'lessons.outline', 'progress.get'],
  enrolling: ['enrolments.list', 'enrolments.enroll', 'enrolments.listCohorts'],
  progress: ['insight.board'],
  course: ['lessons.get'],
  catalogue: ['courses.list'],
};

/** The schema of an answer without what the element that asks for it does not draw. */
const without = ({ shape }: { shape: object }, names: readonly string[]): Schema => {
  const left = Object.entries(shape).filter(([name]) => !names.includes(name));
  return { _zod: { def: { type: 'object', shape: Object.fromEntries(left) } } };
};

/** What a board needs of its contest: how it is won is another element's. */
const boardContest = without(contract.contests.get.response, [
  ...['rulesVersion', 'description', 'createdAt', 'updatedAt', 'hideUntilEnd'],
  ...Object.keys(ContestSettings.shape),
]);

/** What a card needs of its programme: how it is run is for its staff. */
const cardProgram = without(contract.programs.get.response, [
  ...['landingUrl', 'landingOrigins', 'qualifyingEvents', 'cookieDomain', 'timeZone', 'legalClass', 'holdDays'],
  ...['riskMode', 'paidAdsAllowed', 'createdAt', 'updatedAt'],
]);

/** The files of guards, by their paths. */
export const guardFiles = (): Record<string, string> => ({
  [join(folder, 'guards', 'answers.ts')]: fileOf(
    'Whether an answer is what the contract says, by its route.',
    'answers',
    './shapes.ts',
    {
      [routes.contests.get]: boardContest,
      ...answersOf(['leaderboards.list', 'leaderboards.standing']),
      [routes.programs.get]: cardProgram,
      ...answersOf(['programs.me']),
    },
  ),
  ...Object.fromEntries(
    Object.entries(later).map(([name, operations]) => [
      join(folder, name, 'answers.ts'),
      fileOf(
        'Whether an answer is what the contract says, by its route.',
        'answers',
        '../guards/shapes.ts',
        answersOf(operations),
      ),
    ]),
  ),
  [join(folder, 'live', 'messages.ts')]: fileOf(
    'Whether a live message is what the contract says, by its name.',
    'messages',
    '../guards/shapes.ts',
    liveMessages,
  ),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(guardFiles())) writeFileSync(path, text);
}
