import type { ComponentChild } from 'preact';
import { edit } from '../author/edit.ts';
import type { Rule } from '../author/node.ts';
import { button } from '../author/pen.ts';
import type { AuthorKey } from '../author/words.ts';
import { faultAt } from '../forms/sheet.ts';
import { lengthText } from './length.ts';
import { type NodePen, part } from './pane.ts';
import { mostInGroup, mostLevels, newRule, partAt, ruleKinds, usualRule, withMore, withPart } from './rules.ts';

/** Says a rule in plain words. */
export function ruleWords({ say, node }: NodePen, rule: Rule): string {
  if (rule.kind === 'time') return say('say_time', { length: lengthText(rule.seconds * 1000) });
  if (rule.kind === 'watched') return say('say_watched', { n: rule.percent });
  if (rule.kind === 'gaps') return say('say_gaps', { n: rule.longestSeconds });
  if (rule.kind === 'score') return say('say_score', { n: rule.atLeast });
  if (rule.kind === 'manual') return say(rule.by === 'staff' ? 'say_manual_staff' : 'say_manual');
  if (rule.kind === 'event') return say('say_event', { name: rule.name || '…' });
  if (rule.kind === 'chapters') {
    const titles = (node.video?.chapters ?? [])
      .filter(({ id }) => rule.chapters.includes(id))
      .map(({ title }) => title);
    return say('say_chapters', { names: titles.join(', ') || '…', n: rule.percent });
  }
  return say(`say_${rule.kind}` as AuthorKey);
}

/** A whole number of a rule or condition. */
export function figure(
  { h }: NodePen,
  label: string,
  value: number,
  [least, most]: readonly [number, number],
  change: (value: number) => void,
) {
  return h(
    'label',
    { class: 'figure' },
    h('span', { class: 'small' }, label),
    h('input', {
      class: 'input',
      inputMode: 'numeric',
      defaultValue: Number.isNaN(value) ? '' : `${value}`,
      'aria-invalid': !(value >= least && value <= most),
      onInput: ({ currentTarget }: Event) => {
        const { value: text } = currentTarget as HTMLInputElement;
        change(/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);
      },
    }),
  );
}

/** One of a few, in a list that opens. */
export function choice(
  { h }: NodePen,
  label: string,
  value: string,
  choices: readonly (readonly [value: string, words: string])[],
  change: (value: string) => void,
) {
  return h(
    'select',
    {
      class: 'input',
      'aria-label': label,
      onChange: ({ currentTarget }: Event) => change((currentTarget as HTMLSelectElement).value),
    },
    choices.map(([each, words]) => h('option', { key: each, value: each, selected: each === value }, words)),
  );
}

/** What of a simple rule can be set. */
function details(pen: NodePen, rule: Rule, change: (next: Rule, renew?: boolean) => void): ComponentChild {
  const { h, say, node } = pen;
  if (rule.kind === 'time') {
    return figure(pen, say('seconds'), rule.seconds, [1, 86_400], (seconds) => change({ ...rule, seconds }));
  }
  if (rule.kind === 'watched') {
    return figure(pen, say('percent'), rule.percent, [1, 100], (percent) => change({ ...rule, percent }));
  }
  if (rule.kind === 'gaps') {
    const set = (longestSeconds: number) => change({ ...rule, longestSeconds });
    return figure(pen, say('seconds'), rule.longestSeconds, [1, 86_400], set);
  }
  if (rule.kind === 'score') {
    return figure(pen, say('points'), rule.atLeast, [0, 100], (atLeast) => change({ ...rule, atLeast }));
  }
  if (rule.kind === 'manual') {
    const who = ['learner', 'staff'] as const;
    return choice(
      pen,
      say('by'),
      rule.by ?? 'learner',
      who.map((each) => [each, say(`by_${each}`)]),
      (by) => change({ ...rule, by: by as 'staff' }, true),
    );
  }
  if (rule.kind === 'event') {
    return h('input', {
      class: 'input',
      dir: 'ltr',
      spellcheck: false,
      placeholder: 'webinar-attended',
      defaultValue: rule.name,
      'aria-label': say('eventName'),
      onInput: ({ currentTarget }: Event) =>
        change({ ...rule, name: (currentTarget as HTMLInputElement).value.trim() }),
    });
  }
  if (rule.kind !== 'chapters') return null;
  const chapters = node.video?.chapters ?? [];
  return [
    chapters.length === 0 && h('p', { class: 'small muted' }, say('chapterNone')),
    chapters.map(({ id, title }) =>
      h(
        'label',
        { key: id, class: 'tick' },
        h('input', {
          type: 'checkbox',
          checked: rule.chapters.includes(id),
          onChange: () => {
            const has = rule.chapters.includes(id);
            const next = has ? rule.chapters.filter((each) => each !== id) : [...rule.chapters, id];
            change({ ...rule, chapters: next });
          },
        }),
        h('bdi', null, title || id),
      ),
    ),
    figure(pen, say('percent'), rule.percent ?? 90, [1, 100], (percent) => change({ ...rule, percent })),
  ];
}

/** A rule, or a group of rules, at a path of the whole. */
function ruleAt(pen: NodePen, whole: Rule, path: readonly number[]): ComponentChild {
  const { h, say, node, author } = pen;
  const rule = partAt(whole, path);
  const where = `#/done${path.map((place) => `/of/${place}`).join('')}`;
  const put = (next: Rule | null, renew = true) => {
    const now = author.state.peek().nodes?.find(({ id }) => id === node.id)?.done ?? whole;
    edit(pen, node.id, { done: withPart(now, path, next) }, renew);
  };
  const isGroup = rule.kind === 'all' || rule.kind === 'some';
  const offered = [...ruleKinds(node.kind), ...(path.length < mostLevels - 1 ? (['all', 'some'] as const) : [])];
  const kinds = offered.includes(rule.kind) ? offered : [rule.kind, ...offered];
  const turn = (kind: string) => {
    const fresh = newRule(kind as Rule['kind'], node.video);
    const into = kind === 'all' || kind === 'some';
    const of = isGroup ? rule.of : [rule];
    author.focus(`[data-at="${where}"] select`);
    put(into ? ({ ...fresh, of } as Rule) : fresh);
  };
  return h(
    'div',
    { class: `rule${isGroup ? ' group' : ''}`, 'data-at': where, tabIndex: -1, key: path.join() },
    h(
      'div',
      { class: 'rulehead' },
      choice(
        pen,
        say('ruleKind'),
        rule.kind,
        kinds.map((kind) => [kind, say(`rule_${kind}`)]),
        turn,
      ),
      rule.kind === 'some' &&
        figure(pen, say('howMany'), rule.count ?? 1, [1, rule.of.length], (count) => put({ ...rule, count }, false)),
      path.length > 0 &&
        button(pen, say('remove'), () => {
          author.focus('[data-at="#/done"] select');
          put(null);
        }),
    ),
    isGroup
      ? [
          h(
            'div',
            { class: 'inner' },
            (rule.of as Rule[]).map((_, place) => ruleAt(pen, whole, [...path, place])),
          ),
          rule.of.length < mostInGroup &&
            button(pen, say('ruleAdd'), () => {
              author.focus(`[data-at="${where}/of/${rule.of.length}"] select`);
              edit(pen, node.id, { done: withMore(whole, path, { kind: 'viewed' }) }, true);
            }),
        ]
      : [
          details(pen, rule, (next, renew = false) => put(next, renew)),
          h('p', { class: 'small muted' }, ruleWords(pen, rule)),
        ],
  );
}

/** What finishes a lesson: what is usual for its kind, or a rule put together. */
export function completion(pen: NodePen) {
  const { h, say, node, author } = pen;
  const usual = usualRule(node.kind);
  const fault = faultAt(pen, '#/done');
  const own = node.done !== null;
  const set = (mine: boolean) => {
    author.focus(mine ? '[data-at="#/done"] select' : '[name="usual"]');
    edit(pen, node.id, { done: mine ? usual : null }, true);
  };
  const radio = (mine: boolean, words: string) =>
    h(
      'label',
      { class: 'tick' },
      h('input', { type: 'radio', name: 'usual', checked: own === mine, onChange: () => set(mine) }),
      h('span', null, words),
    );
  return part(
    pen,
    'partDone',
    own,
    h(
      'fieldset',
      { class: 'f whole choose', 'data-at': own ? undefined : '#/done' },
      h('legend', null, say('doneWhen')),
      radio(false, say('doneUsual', { rule: ruleWords(pen, usual) })),
      radio(true, say('doneOwn')),
    ),
    node.done && h('div', { class: 'whole' }, ruleAt(pen, node.done, [])),
    fault && h('p', { class: 'wrong small whole', part: 'error' }, fault),
  );
}
