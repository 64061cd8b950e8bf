import type { CompletionRule as CompletionRuleSchema, lessonKinds } from '@laurelkit/sdk/contract';
import { covered, gapsWithin, type Interval } from '@laurelkit/sdk/progress';
import type * as z from 'zod/mini';
import type { CourseNode } from '../db/course-tables.ts';
import type { LessonState } from './lesson-state.ts';

export type CompletionRule = z.output<typeof CompletionRuleSchema>;

/** What finishes a lesson where its author says nothing. */
const byKind: Record<(typeof lessonKinds)[number], CompletionRule> = {
  page: { kind: 'manual', by: 'learner' },
  video: { kind: 'watched', percent: 90 },
  embed: { kind: 'manual', by: 'learner' },
  quiz: { kind: 'score', atLeast: 50 },
  assignment: { kind: 'submitted' },
  live: { kind: 'manual', by: 'learner' },
  external: { kind: 'manual', by: 'learner' },
  download: { kind: 'manual', by: 'learner' },
};

/** The rule that finishes a lesson. */
export const ruleOf = ({ done, kind }: CourseNode): CompletionRule => done ?? byKind[kind ?? 'page'];

/** Whether a live session is still to take place: nobody can say that they were there. */
export const isToCome = ({ startsAt }: CourseNode, now: Date): boolean => startsAt !== null && new Date(startsAt) > now;

/** One thing that a rule asks for, and how much of it is there. */
export interface Requirement {
  kind: 'viewed' | 'time' | 'watched' | 'chapters' | 'gaps' | 'score' | 'submitted' | 'manual' | 'event';
  have: number;
  need: number;
  by: 'learner' | 'staff' | null;
}

/** How far a rule is met, from 0 to 1, and what is left to do, in its order. */
export interface Met {
  met: boolean;
  share: number;
  todo: Requirement[];
}

/**
 * How far a lesson is done by its rule. Grows with the state: what is met once is met for ever.
 * @returns `share` 1 exactly when it is met
 */
export function completionOf(node: CourseNode, state: LessonState): Met {
  if (state.credited) return { met: true, share: 1, todo: [] };
  return evaluate(ruleOf(node), node, state);
}

function evaluate(rule: CompletionRule, node: CourseNode, state: LessonState): Met {
  if (rule.kind === 'all' || rule.kind === 'some') {
    const parts = (rule.of as CompletionRule[]).map((each) => evaluate(each, node, state));
    const need = rule.kind === 'all' ? parts.length : Math.min(rule.count, parts.length);
    const best = parts.map(({ share }) => share).sort((a, b) => b - a);
    const met = parts.filter((part) => part.met).length >= need;
    return {
      met,
      share: met ? 1 : sum(best.slice(0, need)) / need,
      todo: met ? [] : parts.flatMap(({ todo }) => todo),
    };
  }
  const { have, need, by = null } = measure(rule, node, state);
  const met = have >= need;
  const share = met ? 1 : Math.max(0, Math.min(have / need, 0.999));
  return { met, share, todo: met ? [] : [{ kind: rule.kind, have, need, by }] };
}

type Measured = { have: number; need: number; by?: 'learner' | 'staff' };
const yes = (is: boolean): Measured => ({ have: is ? 1 : 0, need: 1 });

function measure(
  rule: Exclude<CompletionRule, { kind: 'all' | 'some' }>,
  { video }: CourseNode,
  state: LessonState,
): Measured {
  const length = video?.lengthMs ?? 0;
  switch (rule.kind) {
    case 'viewed':
      return yes(state.viewed);
    case 'time':
      return { have: Math.floor(state.spentMs / 1000), need: rule.seconds };
    case 'watched':
      return { have: percentOf(state.watched, [0, length]), need: rule.percent };
    case 'chapters': {
      const played = (video?.chapters ?? [])
        .filter(({ id }) => rule.chapters.includes(id))
        .filter(({ fromMs, toMs }) => percentOf(state.watched, [fromMs, toMs]) >= rule.percent);
      return { have: played.length, need: rule.chapters.length };
    }
    case 'gaps':
      // Where nothing was played nothing is met, not even by a video shorter than a gap may be.
      return yes(
        covered(state.watched, [0, length]) > 0 &&
          gapsWithin(state.watched, [0, length]).every(([from, to]) => to - from <= rule.longestSeconds * 1000),
      );
    case 'score':
      // Without a score nothing is met, not even "at least 0".
      return { have: state.score ?? -1, need: rule.atLeast };
    case 'submitted':
      return yes(state.submitted);
    case 'manual':
      return { ...yes(rule.by === 'learner' ? state.checked || state.signedOff : state.signedOff), by: rule.by };
    case 'event':
      return yes(state.happened.includes(rule.name));
  }
}

/** How much of a stretch was played, in whole percent, rounded down. */
const percentOf = (watched: readonly Interval[], [from, to]: Interval): number =>
  to > from ? Math.floor((100 * covered(watched, [from, to])) / (to - from)) : 0;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Whether saying so finishes the lesson, or is part of what does. */
export const isChecked = (rule: CompletionRule, by: 'learner' | 'staff'): boolean =>
  rule.kind === 'all' || rule.kind === 'some'
    ? (rule.of as CompletionRule[]).some((each) => isChecked(each, by))
    : rule.kind === 'manual' && (rule.by === by || by === 'staff');

/** Whether a rule goes by the time that a lesson was in front of the learner. */
export const isTimed = (rule: CompletionRule): boolean =>
  rule.kind === 'all' || rule.kind === 'some' ? (rule.of as CompletionRule[]).some(isTimed) : rule.kind === 'time';
