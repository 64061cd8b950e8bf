import { field } from '../forms/fields.ts';
import { drawBlocks } from './blocks.ts';
import type { NodePen } from './pane.ts';

/** The text of a lesson in Markdown, and beside it as learners will see it. */
export function markdown(pen: NodePen) {
  const { h, say, node, state, author, kit, heading } = pen;
  const { preview } = state;
  const shown = preview?.id === node.id ? preview : null;
  const stale = shown && shown.markdown !== (node.markdown ?? '');
  return h(
    'div',
    { class: 'writing whole' },
    field(pen, '#/markdown', 'text', {
      as: 'area',
      most: 100_000,
      hint: 'textHint',
      attributes: { rows: 12, class: 'input code', spellcheck: true },
      also: (typed) => author.preview(node.id, typed),
    }),
    h(
      'section',
      { class: 'sight', 'aria-label': say('preview'), 'aria-busy': !shown?.blocks || !!stale },
      h('p', { class: 'small muted' }, say('preview')),
      shown?.blocks && shown.blocks.length > 0
        ? h('div', { class: 'prose' }, drawBlocks(kit, shown.blocks, heading + 1))
        : h('p', { class: 'muted small' }, say(node.markdown ? 'previewLater' : 'previewNone')),
    ),
  );
}
