import type { ComponentChild } from 'preact';
import { edit } from '../author/edit.ts';
import type { Condition } from '../author/node.ts';
import { button } from '../author/pen.ts';
import { branch } from '../author/tree.ts';
import { faultAt } from '../forms/sheet.ts';
import { type NodePen, part } from './pane.ts';
import { choice, figure } from './rule.ts';
import {
  mostInGroup,
  mostLevels,
  newCondition,
  type Preset,
  partAt,
  presetCondition,
  presetOf,
  presets,
  previousLesson,
  withMore,
  withPart,
} from './rules.ts';

const simple = ['completed', 'score', 'cohort', 'date', 'days'] as const;
const groups = ['all', 'any', 'not'] as const;

/** What can come first: anything that is not in the node, nor holds it. */
function others({ nodes, node, say }: NodePen, chosen: string) {
  const inside = new Set(branch(nodes, node.id).map(({ id }) => id));
  for (let at = node.parent; at; at = nodes.find(({ id }) => id === at)?.parent ?? null) inside.add(at);
  const offered = nodes.filter(({ id }) => !inside.has(id)).map(({ id, title }) => [id, title || id] as const);
  const known = offered.some(([id]) => id === chosen);
  return known ? offered : [[chosen, chosen ? say('gone', { id: chosen }) : say('pickNode')] as const, ...offered];
}

/** What of a simple condition can be set. */
function details(
  pen: NodePen,
  condition: Condition,
  change: (next: Condition, renew?: boolean) => void,
): ComponentChild {
  const { h, say, state, course } = pen;
  if (condition.kind === 'completed' || condition.kind === 'score') {
    return [
      choice(pen, say('ofWhat'), condition.node, others(pen, condition.node), (node) =>
        change({ ...condition, node }, true),
      ),
      condition.kind === 'score' &&
        figure(pen, say('points'), condition.atLeast, [0, 100], (atLeast) => change({ ...condition, atLeast })),
    ];
  }
  if (condition.kind === 'cohort') {
    const slugs = [...new Set([...(state.cohorts ?? []).map(({ slug }) => slug), ...condition.cohorts])];
    return slugs.length === 0
      ? h('p', { class: 'small muted' }, say('noCohorts'))
      : slugs.map((slug) =>
          h(
            'label',
            { key: slug, class: 'tick' },
            h('input', {
              type: 'checkbox',
              checked: condition.cohorts.includes(slug),
              onChange: () => {
                const has = condition.cohorts.includes(slug);
                const next = has ? condition.cohorts.filter((each) => each !== slug) : [...condition.cohorts, slug];
                change({ ...condition, cohorts: next });
              },
            }),
            h('bdi', null, state.cohorts?.find((each) => each.slug === slug)?.name ?? slug),
          ),
        );
  }
  if (condition.kind === 'date' || condition.kind === 'instant') {
    const isLocal = condition.kind === 'date';
    return h(
      'label',
      { class: 'figure wide' },
      h('span', { class: 'small' }, say('fromOn')),
      h('input', {
        class: 'input',
        type: 'datetime-local',
        defaultValue: condition.from.slice(0, 16),
        onInput: ({ currentTarget }: Event) =>
          change({ kind: 'date', from: (currentTarget as HTMLInputElement).value.slice(0, 16) }),
      }),
      h(
        'span',
        { class: 'small muted' },
        isLocal && course.dripZone === 'learner' ? say('zoneLearner') : isLocal ? course.timeZone : 'UTC',
      ),
    );
  }
  if (condition.kind !== 'days') return null;
  return [
    figure(pen, say('days'), condition.days, [0, 3650], (days) => change({ ...condition, days })),
    choice(
      pen,
      say('since'),
      condition.since,
      (['enrolment', 'start'] as const).map((each) => [each, say(`since_${each}`)]),
      (since) => change({ ...condition, since: since as 'start' }, true),
    ),
    h(
      'label',
      { class: 'figure' },
      h('span', { class: 'small' }, say('atTime')),
      h('input', {
        class: 'input',
        type: 'time',
        defaultValue: condition.at ?? '00:00',
        onInput: ({ currentTarget }: Event) =>
          change({ ...condition, at: (currentTarget as HTMLInputElement).value.slice(0, 5) }),
      }),
    ),
  ];
}

/** A condition, or a group of them, at a path of the whole. */
function conditionAt(pen: NodePen, whole: Condition, path: readonly number[]): ComponentChild {
  const { h, say, node, nodes, state, author } = pen;
  const condition = partAt(whole, path);
  const where = `#/opens${path.map((place) => `/of/${place}`).join('')}`;
  const previous = previousLesson(nodes, node.id) ?? '';
  const fresh = (kind: Condition['kind']) => newCondition(kind, previous, state.cohorts?.[0]?.slug ?? '');
  const put = (next: Condition | null, renew = true) => {
    const now = author.state.peek().nodes?.find(({ id }) => id === node.id)?.opens ?? whole;
    edit(pen, node.id, { opens: withPart(now, path, next) }, renew);
  };
  const isList = condition.kind === 'all' || condition.kind === 'any';
  const kinds = [...simple, ...(path.length < mostLevels - 1 ? groups : [])];
  const turn = (kind: string) => {
    const first = isList ? (condition.of[0] as Condition) : condition.kind === 'not' ? condition.of : condition;
    const of = isList ? condition.of : [first];
    const next =
      kind === 'not' ? { kind, of: first } : kind === 'all' || kind === 'any' ? { kind, of } : fresh(kind as 'date');
    author.focus(`[data-at="${where}"] select`);
    put(next as Condition);
  };
  const inner: ComponentChild[] =
    condition.kind === 'not'
      ? [conditionAt(pen, whole, [...path, 0])]
      : isList
        ? condition.of.map((_, place) => conditionAt(pen, whole, [...path, place]))
        : [];
  return h(
    'div',
    { class: `rule${inner.length > 0 ? ' group' : ''}`, 'data-at': where, tabIndex: -1, key: path.join() },
    h(
      'div',
      { class: 'rulehead' },
      choice(
        pen,
        say('conditionKind'),
        condition.kind === 'instant' ? 'date' : condition.kind,
        kinds.map((kind) => [kind, say(`when_${kind}`)]),
        turn,
      ),
      path.length > 0 &&
        button(pen, say('remove'), () => {
          author.focus('[data-at="#/opens"] select, [data-at="#/opens"]');
          put(null);
        }),
    ),
    inner.length > 0 && h('div', { class: 'inner' }, inner),
    isList &&
      condition.of.length < mostInGroup &&
      button(pen, say('conditionAdd'), () => {
        author.focus(`[data-at="${where}/of/${condition.of.length}"] select`);
        edit(pen, node.id, { opens: withMore(whole, path, fresh('completed')) }, true);
      }),
    details(pen, condition, (next, renew = false) => put(next, renew)),
  );
}

/** When a unit or lesson opens: by a preset, or by a tree of conditions. */
export function opening(pen: NodePen) {
  const { h, say, node, nodes, author } = pen;
  const previous = previousLesson(nodes, node.id);
  const preset = presetOf(node.opens, previous);
  const fault = faultAt(pen, '#/opens');
  const offered = presets.filter((each) => each !== 'previous' || previous !== null || preset === each);
  const set = (next: string) => {
    author.focus('.preset');
    edit(pen, node.id, { opens: presetCondition(next as Preset, node.opens, previous) }, true);
  };
  return part(
    pen,
    'partOpens',
    preset !== 'none',
    h(
      'div',
      { class: 'f whole' },
      h('label', { for: 'preset' }, say('opens')),
      h(
        'select',
        {
          id: 'preset',
          class: 'input preset',
          'data-at': preset === 'none' ? '#/opens' : undefined,
          onChange: ({ currentTarget }: Event) => set((currentTarget as HTMLSelectElement).value),
        },
        offered.map((each) =>
          h('option', { key: each, value: each, selected: each === preset }, say(`preset_${each}`)),
        ),
      ),
      node.type === 'unit' && h('p', { class: 'small muted' }, say('opensUnit')),
    ),
    preset === 'tree' && node.opens && h('div', { class: 'whole' }, conditionAt(pen, node.opens, [])),
    node.opens &&
      (preset === 'date' || preset === 'enrolment' || preset === 'start') &&
      h(
        'div',
        { class: 'rule whole', 'data-at': '#/opens', tabIndex: -1 },
        details(pen, node.opens, (next) => edit(pen, node.id, { opens: next })),
      ),
    fault && h('p', { class: 'wrong small whole', part: 'error' }, fault),
  );
}
