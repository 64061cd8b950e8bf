import type { ComponentChild } from 'preact';
import type { Kit } from '../kit.ts';
import { safeImage } from '../parts/safe-url.ts';
import { depths, groupsOf, type ItemTree } from './groups.ts';
import type { Block } from './store.ts';

type Run = Block['runs'][number];

/** What the text of a lesson is drawn with. */
export interface Paper {
  kit: Kit;
  /** Level of the lesson’s own title. */
  heading: number;
  /** Opens another lesson of the course, which a link names as `#lesson=…`. */
  openLesson(lesson: string): void;
  words: { table: string; code: string; ticked: string; unticked: string };
}

const tags = { strong: 'strong', emphasis: 'em', code: 'code', strike: 's' } as const;

function run({ kit: { h, Link }, openLesson }: Paper, { text, marks, href }: Run, key: number): ComponentChild {
  const marked = marks.reduce<ComponentChild>((inner, mark) => h(tags[mark], null, inner), text);
  if (!href) return marks.length > 0 ? h('span', { key }, marked) : marked;
  const lesson = /^#lesson=([\w-]+)$/.exec(href)?.[1];
  if (lesson) {
    const onClick = (event: MouseEvent) => {
      event.preventDefault();
      openLesson(lesson);
    };
    return h(Link, { key, href, onClick }, marked);
  }
  // A place inside a shadow root cannot be linked to.
  if (href.startsWith('#')) return h('span', { key }, marked);
  return h(Link, { key, href, outside: /^https?:/i.test(href) }, marked);
}

const runs = (paper: Paper, all: readonly Run[]) => all.map((each, index) => run(paper, each, index));

function items(paper: Paper, list: readonly ItemTree[]): ComponentChild {
  const { h } = paper.kit;
  const first = list[0]?.block;
  const numbered = first?.number !== null && first?.number !== undefined;
  const { ticked, unticked } = paper.words;
  return h(
    numbered ? 'ol' : 'ul',
    numbered && first.number !== 1 ? { start: first.number } : null,
    list.map(({ block: { runs: text, checked }, inside }, index) =>
      h(
        'li',
        {
          key: index,
          class: checked === null ? undefined : 'task',
          'data-checked': checked === null ? undefined : `${checked}`,
        },
        checked !== null && h('span', { class: 'said' }, `${checked ? ticked : unticked}: `),
        runs(paper, text),
        inside.length > 0 && items(paper, inside),
      ),
    ),
  );
}

function table(paper: Paper, rows: readonly Block[], key: number): ComponentChild {
  const { h } = paper.kit;
  const row = (block: Block, index: number) =>
    h(
      'tr',
      { key: index },
      block.cells.map((cell, at) =>
        h(block.header ? 'th' : 'td', block.header ? { key: at, scope: 'col' } : { key: at }, runs(paper, cell)),
      ),
    );
  const heads = rows.filter(({ header }) => header);
  const rest = rows.filter(({ header }) => !header);
  return h(
    'div',
    { key, class: 'scrolls', tabIndex: 0, role: 'region', 'aria-label': paper.words.table },
    h('table', null, heads.length > 0 && h('thead', null, heads.map(row)), h('tbody', null, rest.map(row))),
  );
}

function picture({ kit: { h } }: Paper, block: Block, key: number): ComponentChild {
  const alt = block.runs.map(({ text }) => text).join('');
  const src = safeImage(block.src);
  if (!src) return alt && h('p', { key, class: 'muted' }, alt);
  return h(
    'figure',
    { key },
    h('img', {
      src,
      alt,
      loading: 'lazy',
      decoding: 'async',
      referrerpolicy: 'no-referrer',
      onError: ({ currentTarget }: Event) => {
        (currentTarget as HTMLElement).hidden = true;
      },
    }),
  );
}

function single(paper: Paper, block: Block, key: number, depth: number): ComponentChild {
  const { h } = paper.kit;
  if (block.kind === 'heading') {
    return h(
      `h${Math.min(6, paper.heading + depth)}`,
      { key, class: `t${Math.min(4, block.level)}` },
      runs(paper, block.runs),
    );
  }
  if (block.kind === 'rule') return h('hr', { key });
  if (block.kind === 'image') return picture(paper, block, key);
  if (block.kind === 'code') {
    const label = block.language ? `${paper.words.code}: ${block.language}` : paper.words.code;
    const text = block.runs.map((each) => each.text).join('');
    return h('pre', { key, tabIndex: 0, role: 'region', 'aria-label': label, dir: 'ltr' }, h('code', null, text));
  }
  return h('p', { key }, runs(paper, block.runs));
}

function quote(paper: Paper, blocks: readonly Block[], key: number, depth: number): ComponentChild {
  const { h } = paper.kit;
  const parts: ComponentChild[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Block;
    let end = at;
    while (end < blocks.length && (blocks[end] as Block).level > depth) end += 1;
    if (end > at) {
      parts.push(quote(paper, blocks.slice(at, end), at, depth + 1));
      at = end - 1;
    } else parts.push(h('p', { key: at }, runs(paper, block.runs)));
  }
  return h('blockquote', { key }, parts);
}

/** The text of a lesson, element by element; never as HTML. */
export function blocks(paper: Paper, all: readonly Block[]): ComponentChild {
  const depth = depths(all);
  return groupsOf(all).map((group, key) => {
    if (group.kind === 'items') return paper.kit.h('div', { key, class: 'list' }, items(paper, group.items));
    if (group.kind === 'rows') return table(paper, group.blocks, key);
    if (group.kind === 'quotes') return quote(paper, group.blocks, key, 1);
    return single(paper, group.block, key, depth.get(group.block) ?? 1);
  });
}
