import type { ComponentChild } from 'preact';
import type { EnrolKey } from '../enrolling/words.ts';
import type { Kit } from '../kit.ts';
import { lockWords } from './locks.ts';
import type { Speech } from './speech.ts';
import type { Node } from './state.ts';
import { type Branch, treeOf } from './tree.ts';
import { walkOutline } from './walk-outline.ts';
import type { LearningKey } from './words.ts';

/** What an outline is drawn from, and what becomes of a click. */
export interface OutlineView {
  /** Tells apart the ids of two outlines. */
  id: string;
  nodes: readonly Node[];
  /** Whether the states are those of somebody who learns here. */
  learns: boolean;
  /** The lesson somebody is at. */
  current: string | null | undefined;
  isOpen(unit: string): boolean;
  toggle(unit: string, open: boolean): void;
  choose(lesson: string, event: MouseEvent): void;
  /** Where a lesson is, where it has a page of its own. */
  hrefOf(lesson: string): string | null;
}

const drawings = {
  done: 'M5 12.5 10 17.5 19 7',
  locked: 'M8 11V8.5a4 4 0 0 1 8 0V11M6.5 11h11v8.5h-11z',
  chevron: 'M9 6l6 6-6 6',
};

/** Lessons of a unit, and how many of them are done: for a learner those that count, for others all there are. */
function countOf({ node, children }: Branch, learns: boolean): { done: number; all: number } {
  if (node.type === 'lesson') {
    const counts = node.required || !learns;
    return { done: counts && node.state === 'done' ? 1 : 0, all: counts ? 1 : 0 };
  }
  return children
    .map((child) => countOf(child, learns))
    .reduce((sum, { done, all }) => ({ done: sum.done + done, all: sum.all + all }), { done: 0, all: 0 });
}

/** A course as a tree of units that open and close, each lesson with its state; arrow keys walk it. */
export function outline(kit: Kit, view: OutlineView, speech: Speech<LearningKey | EnrolKey>) {
  const { h, icon, Link, cleanName } = kit;
  const { say, percent, duration } = speech;
  const { id, current } = view;

  const mark = ({ state }: Node) =>
    h(
      'span',
      { class: 'mark', 'aria-hidden': true },
      state === 'done' || state === 'locked' ? icon(drawings[state]) : null,
    );

  function lesson(node: Node, above: string) {
    const here = node.id === current;
    const locked = node.state === 'locked';
    const why = lockWords(kit, node, speech);
    const facts = [
      say(`kind_${node.kind ?? 'page'}` as LearningKey),
      node.minutes !== null && duration(node.minutes),
      !node.required && say('optional'),
      node.startsAt && speech.date(node.startsAt),
      // What closes a unit is said there, once.
      why !== above && why,
    ].filter(Boolean);
    const title = h(
      'span',
      { class: 'title-of' },
      h('bdi', { class: 'called' }, cleanName(node.title)),
      h('span', { class: 'said' }, ` ${say(`state_${node.state}`)}`),
      h('span', { class: 'small muted' }, facts.join(' · ')),
    );
    const href = locked ? null : view.hrefOf(node.id);
    const common = {
      class: 'node',
      part: 'lesson',
      'data-node': node.id,
      'aria-current': here ? 'true' : undefined,
      onClick: (event: MouseEvent) => locked || view.choose(node.id, event),
    };
    return h(
      'li',
      { key: node.id, class: `lesson ${node.state}${here ? ' current' : ''}` },
      href
        ? h(Link, { href, ...common }, mark(node), title)
        : h('button', { type: 'button', ...common, 'aria-disabled': locked }, mark(node), title),
    );
  }

  function unit(branch: Branch, above: string): ComponentChild {
    const { node, children } = branch;
    const open = view.isOpen(node.id);
    const { done, all } = countOf(branch, view.learns);
    const why = lockWords(kit, node, speech);
    const facts = [
      node.state !== 'done' &&
        all > 0 &&
        (view.learns ? say('lessonsDone', { done, n: all }) : say('lessons', { n: all })),
      node.choose !== null && say('chooseOf', { n: node.choose }),
      why !== above && why,
    ].filter(Boolean);
    const list = `${id}-${node.id}`;
    return h(
      'li',
      { key: node.id, class: `unit ${node.state}` },
      h(
        'button',
        {
          type: 'button',
          class: 'node',
          part: 'unit',
          'data-node': node.id,
          'aria-expanded': open,
          'aria-controls': list,
          onClick: () => view.toggle(node.id, !open),
        },
        h('span', { class: 'turn', 'aria-hidden': true }, icon(drawings.chevron)),
        h(
          'span',
          { class: 'title-of' },
          h(
            'span',
            { class: 'called' },
            node.label && h('bdi', { class: 'tier small' }, cleanName(node.label)),
            ' ',
            h('bdi', { class: 'strong' }, cleanName(node.title)),
            node.state === 'done' && h('span', { class: 'said' }, ` ${say('state_done')}`),
          ),
          facts.length > 0 && h('span', { class: 'small muted numbers' }, facts.join(' · ')),
        ),
        h(
          'span',
          { class: 'share numbers small', 'aria-hidden': true },
          node.state === 'done'
            ? icon(drawings.done)
            : node.state === 'locked'
              ? icon(drawings.locked)
              : percent(node.percent),
        ),
      ),
      h('ul', { id: list, hidden: !open }, open && children.map((child) => one(child, why))),
    );
  }

  const one = (branch: Branch, above: string): ComponentChild =>
    branch.node.type === 'unit' ? unit(branch, above) : lesson(branch.node, above);

  return h(
    'ul',
    { class: 'outline', part: 'outline', onKeyDown: (event: KeyboardEvent) => walkOutline(event, view) },
    treeOf(view.nodes).map((branch) => one(branch, '')),
  );
}
