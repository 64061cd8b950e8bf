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

/** A call as it is printed: its name and arguments. */
type Call = { name: string; given: Expression[] };
type Expression = string | Call;

const call = (name: string, ...given: Expression[]): Call => ({ name, given });

const onOneLine = (each: Expression): string =>
  typeof each === 'string' ? each : `${each.name}${each.given.map(onOneLine).join(', ')}${closing(each)}`;
const closing = ({ name }: Call) => (name.endsWith('[') ? ']' : ')');

/** As the formatter writes it: on one line where it fits. `room` is what is left of the first line. */
function print(each: Expression, indent: string, room: number): string {
  const line = onOneLine(each);
  if (typeof each === 'string' || line.length <= room) return line;
  const [only, ...more] = each.given;
  // A list that is the only argument stays beside the bracket.
  if (typeof only === 'object' && only.name === '[' && more.length === 0) {
    return each.name + print(only, indent, 0) + closing(each);
  }
  const inner = `${indent}  `;
  const given = each.given.map((one) => `${inner}${print(one, inner, 119 - inner.length)},\n`);
  return `${each.name}\n${given.join('')}${indent}${closing(each)}`;
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

function fileOf(about: string, name: string, from: string, guards: Record<string, Schema>): string {
  const fields = Object.entries(guards).map(([key, schema]) => {
    const start = /^\w+$/.test(key) ? key : `'${key}'`;
    return `  ${start}: ${print(guardOf(schema), '  ', 120 - 5 - start.length)},\n`;
  });
  const body = fields.join('');
  const used = [
    ...new Set(body.match(/\b(either|flag|instant|is|listOf|oneOf|optional|orNull|shape|text|whole)\b(?=[(,)])/g)),
  ];
  return `// Written by scripts/guards.ts from the contract.
import { ${used.sort().join(', ')} } from '${from}';

/** ${about} */
export const ${name} = {
${body}};
`;
}

const folder = join(import.meta.dirname, '..', 'packages', 'widget', 'src');

/** What is asked by a file that is read later, by its folder. */
const later: Record<string, Record<string, Schema>> = {
  own: {
    [routes.rewards.wallet]: contract.rewards.wallet.response,
    [routes.reviews.mine]: contract.reviews.mine.response,
  },
  settings: {
    [routes.joining.invitation]: contract.joining.invitation.response,
    [routes.joining.channels]: contract.joining.channels.response,
  },
  signup: { [routes.joining.confirm]: contract.joining.confirm.response },
  invitation: { [routes.joining.invitation]: contract.joining.invitation.response },
  contest: {
    [routes.contests.get]: contract.contests.get.response,
    [routes.contests.history]: contract.contests.history.response,
    [routes.entries.me]: contract.entries.me.response,
    [routes.entries.play]: contract.entries.play.response,
    [routes.programs.me]: contract.programs.me.response,
    [routes.draws.get]: contract.draws.get.response,
    [routes.draws.results]: contract.draws.results.response,
    [routes.draws.receipt]: contract.draws.receipt.response,
  },
  steps: {
    [routes.entries.open]: contract.entries.open.response,
    [routes.entries.act]: contract.entries.act.response,
  },
  author: {
    [routes.courses.list]: contract.courses.list.response,
    [routes.courses.get]: contract.courses.get.response,
    [routes.courses.draft]: contract.courses.draft.response,
    [routes.courses.preview]: contract.courses.preview.response,
    [routes.courses.versions]: contract.courses.versions.response,
    [routes.courses.render]: contract.courses.render.response,
    [routes.enrolments.listCohorts]: contract.enrolments.listCohorts.response,
  },
  learners: {
    [routes.insight.learners]: contract.insight.learners.response,
    [routes.insight.funnel]: contract.insight.funnel.response,
    [routes.insight.heatMap]: contract.insight.heatMap.response,
    [routes.progress.events]: contract.progress.events.response,
  },
  team: { [routes.teams.mine]: contract.teams.mine.response },
  boards: {
    [routes.leaderboards.interval]: contract.leaderboards.interval.response,
    [routes.leaderboards.friends]: contract.leaderboards.friends.response,
    [routes.leaderboards.teams]: contract.leaderboards.teams.response,
    [routes.leaderboards.cohort]: contract.leaderboards.cohort.response,
  },
  video: {
    [routes.lessons.get]: contract.lessons.get.response,
    [routes.lessons.outline]: contract.lessons.outline.response,
    [routes.progress.get]: contract.progress.get.response,
  },
  learning: {
    [routes.courses.get]: contract.courses.get.response,
    [routes.lessons.outline]: contract.lessons.outline.response,
    [routes.progress.get]: contract.progress.get.response,
  },
  enrolling: {
    [routes.enrolments.list]: contract.enrolments.list.response,
    [routes.enrolments.enroll]: contract.enrolments.enroll.response,
    [routes.enrolments.listCohorts]: contract.enrolments.listCohorts.response,
  },
  progress: { [routes.insight.board]: contract.insight.board.response },
  course: { [routes.lessons.get]: contract.lessons.get.response },
  catalogue: { [routes.courses.list]: contract.courses.list.response },
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
      [routes.leaderboards.list]: contract.leaderboards.list.response,
      [routes.leaderboards.standing]: contract.leaderboards.standing.response,
      [routes.programs.get]: cardProgram,
      [routes.programs.me]: contract.programs.me.response,
    },
  ),
  ...Object.fromEntries(
    Object.entries(later).map(([name, guards]) => [
      join(folder, name, 'answers.ts'),
      fileOf('Whether an answer is what the contract says, by its route.', 'answers', '../guards/shapes.ts', guards),
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
