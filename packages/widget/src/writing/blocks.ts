import type { ComponentChild } from 'preact';
import type { Block } from '../author/node.ts';
import type { Kit } from '../kit.ts';

type Run = Block['runs'][number];
const elements = { strong: 'strong', emphasis: 'em', code: 'code', strike: 's' } as const;

function runs({ h, safeUrl }: Kit, given: readonly Run[]): ComponentChild[] {
  return given.map(({ text, marks, href }, place) => {
    const marked = marks.reduce<ComponentChild>((inner, mark) => h(elements[mark], null, inner), text);
    // A fragment would lead out of the preview.
    const address = href?.startsWith('#') ? null : safeUrl(href);
    return address ? h('a', { key: place, href: address, target: '_blank', rel: 'noopener' }, marked) : marked;
  });
}

function item(kit: Kit, block: Block, key: number) {
  const { h } = kit;
  const sign = block.number === null ? (block.checked === null ? '•' : block.checked ? '☑' : '☐') : `${block.number}.`;
  return h(
    'li',
    { key, style: { '--depth': `${block.level - 1}` } },
    h('span', { 'aria-hidden': block.number === null && block.checked === null }, sign),
    h('span', null, runs(kit, block.runs)),
  );
}

function row(kit: Kit, { cells, header }: Block, key: number) {
  const { h } = kit;
  return h(
    'tr',
    { key },
    cells.map((cell, place) =>
      h(header ? 'th' : 'td', { key: place, scope: header ? 'col' : undefined }, runs(kit, cell)),
    ),
  );
}

function one(kit: Kit, block: Block, key: number, heading: number) {
  const { h, safeUrl } = kit;
  const text = runs(kit, block.runs);
  if (block.kind === 'heading')
    return h(`h${Math.min(6, heading + block.level)}`, { key, class: `l${block.level}` }, text);
  if (block.kind === 'quote') return h('blockquote', { key }, text);
  if (block.kind === 'code') return h('pre', { key, dir: 'ltr', tabIndex: 0 }, h('code', null, text));
  if (block.kind === 'rule') return h('hr', { key });
  if (block.kind !== 'image') return h('p', { key }, text);
  const src = safeUrl(block.src);
  const words = block.runs.map((run) => run.text).join('');
  return src && h('img', { key, src, alt: words, loading: 'lazy', referrerPolicy: 'no-referrer' });
}

/** Draws blocks of text, element by element; items and rows that follow one another are one list or table. */
export function drawBlocks(kit: Kit, blocks: readonly Block[], heading: number): ComponentChild[] {
  const { h } = kit;
  const drawn: ComponentChild[] = [];
  for (let at = 0; at < blocks.length; ) {
    const { kind } = blocks[at] as Block;
    let end = at + 1;
    if (kind === 'item' || kind === 'row') while (blocks[end]?.kind === kind) end += 1;
    const same = blocks.slice(at, end);
    if (kind === 'item')
      drawn.push(
        h(
          'ul',
          { key: at },
          same.map((block, place) => item(kit, block, place)),
        ),
      );
    else if (kind === 'row') {
      const rows = same.map((block, place) => row(kit, block, place));
      drawn.push(h('div', { key: at, class: 'wide', tabIndex: 0 }, h('table', null, h('tbody', null, rows))));
    } else drawn.push(one(kit, same[0] as Block, at, heading));
    at = end;
  }
  return drawn;
}
