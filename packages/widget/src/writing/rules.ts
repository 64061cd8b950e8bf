import type { Condition, CourseNode, Rule, Video } from '../author/node.ts';

/** What can be edited by the tree of it: a rule, or a condition. */
type Tree = { kind: string; of?: unknown };

/** Levels a rule or a condition may have: a group, a group in it, and what is said. */
export const mostLevels = 3;
/** Most that a group may hold. */
export const mostInGroup = 20;

/** What stands at a path of places in groups. */
export function partAt<Each extends Tree>(whole: Each, [place, ...rest]: readonly number[]): Each {
  if (place === undefined) return whole;
  return partAt((Array.isArray(whole.of) ? whole.of[place] : whole.of) as Each, rest);
}

/** A copy in which something else stands at a path; `null` takes it out, with the groups that are left empty by it. */
export function withPart<Each extends Tree>(whole: Each, path: readonly number[], next: Each | null): Each | null {
  const [place, ...rest] = path;
  if (place === undefined) return next;
  if (!Array.isArray(whole.of)) {
    const inner = withPart(whole.of as Each, rest, next);
    return inner && ({ ...whole, of: inner } as Each);
  }
  const of = (whole.of as Each[]).flatMap((each, index) => {
    const changed = index === place ? withPart(each, rest, next) : each;
    return changed ? [changed] : [];
  });
  if (of.length === 0) return null;
  // "3 of 2" can never be.
  const count = 'count' in whole ? { count: Math.min(whole.count as number, of.length) } : {};
  return { ...whole, of, ...count } as Each;
}

/** A copy with one more in the group at a path. */
export function withMore<Each extends Tree>(whole: Each, path: readonly number[], more: Each): Each {
  const group = partAt(whole, path);
  return withPart(whole, path, { ...group, of: [...(group.of as Each[]), more] } as Each) as Each;
}

/** The rules a lesson of a kind can have, the likeliest first. */
export function ruleKinds(kind: CourseNode['kind']): Rule['kind'][] {
  const video = ['watched', 'chapters', 'gaps'] as const;
  const graded = ['score', 'submitted'] as const;
  return [
    ...(kind === 'video' ? video : []),
    ...(kind === 'quiz' || kind === 'assignment' || kind === 'external' ? graded : []),
    'viewed',
    'time',
    'manual',
    'event',
  ];
}

/** A rule of a kind as it begins. */
export function newRule(kind: Rule['kind'], video: Video | null): Rule {
  const rules: Record<Rule['kind'], Rule> = {
    viewed: { kind: 'viewed' },
    time: { kind: 'time', seconds: 120 },
    watched: { kind: 'watched', percent: 90 },
    chapters: { kind: 'chapters', chapters: video?.chapters.map(({ id }) => id) ?? [], percent: 90 },
    gaps: { kind: 'gaps', longestSeconds: 30 },
    score: { kind: 'score', atLeast: 70 },
    submitted: { kind: 'submitted' },
    manual: { kind: 'manual', by: 'learner' },
    event: { kind: 'event', name: '' },
    all: { kind: 'all', of: [{ kind: 'viewed' }] },
    some: { kind: 'some', count: 1, of: [{ kind: 'viewed' }] },
  };
  return rules[kind];
}

/** What stands for a lesson's rule where its author says nothing. */
export function usualRule(kind: CourseNode['kind']): Rule {
  if (kind === 'video') return { kind: 'watched', percent: 90 };
  if (kind === 'quiz') return { kind: 'score', atLeast: 50 };
  return kind === 'assignment' ? { kind: 'submitted' } : { kind: 'manual', by: 'learner' };
}

/** A condition of a kind as it begins; `node`: what most likely must come first. */
export function newCondition(kind: Condition['kind'], node: string, cohort: string): Condition {
  const conditions: Record<Condition['kind'], Condition> = {
    completed: { kind: 'completed', node },
    score: { kind: 'score', node, atLeast: 70 },
    cohort: { kind: 'cohort', cohorts: cohort ? [cohort] : [] },
    instant: { kind: 'date', from: '' },
    date: { kind: 'date', from: '' },
    days: { kind: 'days', since: 'enrolment', days: 7, at: '00:00' },
    all: { kind: 'all', of: [{ kind: 'completed', node }] },
    any: { kind: 'any', of: [{ kind: 'completed', node }] },
    not: { kind: 'not', of: { kind: 'completed', node } },
  };
  return conditions[kind];
}

/** Ways to open that are chosen by name; `tree` is anything else. */
export const presets = ['none', 'date', 'enrolment', 'start', 'previous', 'tree'] as const;
export type Preset = (typeof presets)[number];

/** Which preset says what a condition does; `previous`: the lesson before. */
export function presetOf(opens: Condition | null, previous: string | null): Preset {
  if (!opens) return 'none';
  if (opens.kind === 'date') return 'date';
  if (opens.kind === 'days') return opens.since;
  return opens.kind === 'completed' && opens.node === previous ? 'previous' : 'tree';
}

/** What a preset stands for. `tree` keeps what is there, as the first of a group. */
export function presetCondition(preset: Preset, opens: Condition | null, previous: string | null): Condition | null {
  if (preset === 'none') return null;
  if (preset === 'date') return { kind: 'date', from: '' };
  if (preset === 'previous') return { kind: 'completed', node: previous ?? '' };
  if (preset !== 'tree') return { kind: 'days', since: preset, days: 7, at: '00:00' };
  if (opens && ['all', 'any', 'not'].includes(opens.kind)) return opens;
  return { kind: 'all', of: [opens ?? { kind: 'completed', node: previous ?? '' }] } as Condition;
}

/** The lesson before a node, in the order of the page, that is not in it nor holds it. */
export function previousLesson(nodes: readonly CourseNode[], id: string): string | null {
  const at = nodes.findIndex((node) => node.id === id);
  return nodes.slice(0, Math.max(0, at)).findLast(({ type }) => type === 'lesson')?.id ?? null;
}
