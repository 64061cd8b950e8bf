import type { Condition, CourseNode, Rule, Video } from './node.ts';

/** What is not finished in a node: the field by a pointer into it, and the word that says so. */
export interface Unfinished {
  field: string;
  word: 'needTitle' | 'needUrl' | 'needLength' | 'needNumber' | 'needRule' | 'needCondition' | 'needSpan' | 'needName';
}

const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** Whether the API takes an address: absolute, http or https, without user name or password. */
export function isUrl(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    return /^https?:$/.test(protocol) && !username && !password && value.length <= 2000;
  } catch {
    return false;
  }
}

const eventName = /^[a-z][a-z0-9_.-]{0,63}$/;
const limits = { time: [1, 86_400], watched: [1, 100], gaps: [1, 86_400], score: [0, 100] } as const;

/** Whether a rule says all that it must. */
export function isRule(rule: Rule): boolean {
  if (rule.kind === 'all') return (rule.of as Rule[]).every(isRule);
  if (rule.kind === 'some') return isWhole(rule.count, 1, 20) && (rule.of as Rule[]).every(isRule);
  if (rule.kind === 'event') return eventName.test(rule.name);
  if (rule.kind === 'chapters') return rule.chapters.length > 0 && isWhole(rule.percent, 1, 100);
  if (rule.kind === 'time') return isWhole(rule.seconds, ...limits.time);
  if (rule.kind === 'watched') return isWhole(rule.percent, ...limits.watched);
  if (rule.kind === 'gaps') return isWhole(rule.longestSeconds, ...limits.gaps);
  return rule.kind !== 'score' || isWhole(rule.atLeast, ...limits.score);
}

/** Whether a condition says all that it must. */
export function isCondition(condition: Condition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return (condition.of as Condition[]).every(isCondition);
  if (condition.kind === 'not') return isCondition(condition.of as Condition);
  if (condition.kind === 'cohort') return condition.cohorts.length > 0;
  if (condition.kind === 'date' || condition.kind === 'instant')
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(condition.from);
  if (condition.kind === 'days') return isWhole(condition.days, 0, 3650) && /^\d\d:\d\d$/.test(condition.at);
  return condition.node !== '' && (condition.kind !== 'score' || isWhole(condition.atLeast, 0, 100));
}

function unfinishedVideo({ url, lengthMs, posterUrl, captions, chapters }: Video): Unfinished[] {
  const at = (field: string, word: Unfinished['word']): Unfinished => ({ field: `#/video/${field}`, word });
  return [
    ...(isUrl(url) ? [] : [at('url', 'needUrl')]),
    ...(isWhole(lengthMs, 1, 86_400_000) ? [] : [at('lengthMs', 'needLength')]),
    ...(posterUrl === null || isUrl(posterUrl) ? [] : [at('posterUrl', 'needUrl')]),
    ...captions.flatMap((each, place) => [
      ...(each.language ? [] : [at(`captions/${place}/language`, 'needName')]),
      ...(each.label ? [] : [at(`captions/${place}/label`, 'needName')]),
      ...(isUrl(each.url) ? [] : [at(`captions/${place}/url`, 'needUrl')]),
    ]),
    ...chapters.flatMap(({ title, fromMs, toMs }, place) => [
      ...(title ? [] : [at(`chapters/${place}/title`, 'needName')]),
      ...(isWhole(fromMs, 0, 86_400_000) ? [] : [at(`chapters/${place}/fromMs`, 'needLength')]),
      ...(isWhole(toMs, 1, 86_400_000) && !(toMs <= fromMs) ? [] : [at(`chapters/${place}/toMs`, 'needSpan')]),
    ]),
  ];
}

const known = new WeakMap<CourseNode, readonly Unfinished[]>();

/** What the API would not take of a node. It is kept on this device until it is finished; all else is saved. */
export function unfinished(node: CourseNode): readonly Unfinished[] {
  const found = known.get(node) ?? check(node);
  known.set(node, found);
  return found;
}

function check(node: CourseNode): Unfinished[] {
  const { title, url, minutes, weight, choose, event, done, opens, video } = node;
  const found: (Unfinished | false)[] = [
    !title.trim() && { field: '#/title', word: 'needTitle' },
    url !== null && !isUrl(url) && { field: '#/url', word: 'needUrl' },
    minutes !== null && !isWhole(minutes, 1, 6000) && { field: '#/minutes', word: 'needNumber' },
    weight !== null && !isWhole(weight, 1, 1000) && { field: '#/weight', word: 'needNumber' },
    choose !== null && !isWhole(choose, 1, 1000) && { field: '#/choose', word: 'needNumber' },
    event !== null && !eventName.test(event) && { field: '#/event', word: 'needName' },
    done !== null && !isRule(done) && { field: '#/done', word: 'needRule' },
    opens !== null && !isCondition(opens) && { field: '#/opens', word: 'needCondition' },
  ];
  return [...found.filter((each) => each !== false), ...(video ? unfinishedVideo(video) : [])];
}
