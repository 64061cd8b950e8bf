/** A call as it is printed: its name and arguments. */
export type Call = { name: string; given: Expression[] };
/** A part of a guard: a call, or a word. */
export type Expression = string | Call;

/** A part that several others are made of, and the word that stands for it in them. */
interface Constant {
  name: string;
  part: Expression;
}

/** A call of a name that ends with its opening bracket. */
export const call = (name: string, ...given: Expression[]): Call => ({ name, given });

const closing = ({ name }: Call) => (name.endsWith('[') ? ']' : ')');

/** As it would be written without a break. */
export const onOneLine = (each: Expression): string =>
  typeof each === 'string' ? each : `${each.name}${each.given.map(onOneLine).join(', ')}${closing(each)}`;

/** As the formatter writes it: on one line where it fits. `room` is what is left of the first line. */
export function print(each: Expression, indent: string, room: number): string {
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

/** Shorter ones are as soon read where they stand. */
const longEnough = 80;
/** Fields whose name says nothing of what is in them. */
const plain = ['of', 'items'];

const isChoice = (each: Expression): each is Call => typeof each === 'object' && each.name === 'either(';

function partsOf(each: Expression): Call[] {
  return typeof each === 'string' ? [] : [each, ...each.given.flatMap(partsOf)];
}

/** A choice that begins as another one ends is that one and what is added: either way the same is taken. */
function nested(each: Expression, choices: readonly Call[]): Expression {
  if (typeof each === 'string') return each;
  const lines = each.given.map(onOneLine);
  const within = isChoice(each)
    ? choices.find(({ given }) => given.length < lines.length && given.every((one, at) => onOneLine(one) === lines[at]))
    : undefined;
  const given = within ? [within, ...each.given.slice(within.given.length)] : each.given;
  return call(each.name, ...given.map((one) => nested(one, choices)));
}

/** What each part is asked for by, and the field it stands in; a pair of a guard and its fields is no part of its own. */
function usesOf(guards: Readonly<Record<string, Expression>>) {
  const uses = new Map<string, { by: Set<string>; field: string }>();
  function walk(each: Expression, by: string, field: string): void {
    if (typeof each === 'string') return;
    const line = onOneLine(each);
    const isPair = each.name === '[';
    const known = uses.get(line) ?? { by: new Set(), field };
    if (!isPair) uses.set(line, known);
    known.by.add(by);
    const names = isPair ? `${each.given[1]}`.replaceAll("'", '').split(' ') : [];
    const inside = names.find((name) => !plain.includes(name)) ?? field;
    for (const one of each.given) walk(one, isPair ? by : line, inside);
  }
  const lastWord = (key: string) => key.match(/\w+/g)?.at(-1) ?? key;
  for (const [key, guard] of Object.entries(guards)) walk(guard, key, lastWord(key));
  // The guard of a whole answer is best called by its route.
  for (const [key, guard] of Object.entries(guards)) {
    const use = uses.get(onOneLine(guard));
    if (use) use.field = lastWord(key);
  }
  return uses;
}

/**
 * The same guards with each long part that repeats written once, as a constant before them; what they take does not change.
 * `taken`: words that are no names for constants.
 */
export function hoist(
  given: Readonly<Record<string, Expression>>,
  taken: readonly string[],
): { constants: Constant[]; guards: Record<string, Expression> } {
  const choices = Object.values(given)
    .flatMap(partsOf)
    .filter(isChoice)
    .sort((one, other) => other.given.length - one.given.length);
  const whole = Object.fromEntries(Object.entries(given).map(([key, guard]) => [key, nested(guard, choices)]));
  const uses = usesOf(whole);
  const names = new Map<string, string>();
  const used = new Set(taken);
  const constants: Constant[] = [];

  function nameFor(field: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? field : `${field}${number}`;
      if (!used.has(name)) return name;
    }
  }
  function written(each: Expression): Expression {
    if (typeof each === 'string') return each;
    const line = onOneLine(each);
    const known = names.get(line);
    if (known) return known;
    const part = call(each.name, ...each.given.map(written));
    const use = uses.get(line);
    if (!use || use.by.size < 2 || line.length < longEnough) return part;
    const name = nameFor(use.field);
    used.add(name);
    names.set(line, name);
    constants.push({ name, part });
    return name;
  }
  return {
    guards: Object.fromEntries(Object.entries(whole).map(([key, guard]) => [key, written(guard)])),
    constants,
  };
}
