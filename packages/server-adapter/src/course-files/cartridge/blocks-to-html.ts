import type { Block, Run } from '../../markdown/runs.ts';

/** Signs that mean something in XML and HTML, and those that XML cannot hold at all. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const tags = { strong: 'strong', emphasis: 'em', code: 'code', strike: 'del' } as const;

function runHtml({ text, marks, href }: Run): string {
  const words = escaped(text).replaceAll('\n', '<br/>');
  const marked = marks.reduceRight((inside, mark) => `<${tags[mark]}>${inside}</${tags[mark]}>`, words);
  return href === null ? marked : `<a href="${escaped(href)}">${marked}</a>`;
}

const runsHtml = (runs: readonly Run[]) => runs.map(runHtml).join('');

/** Blocks as HTML: what no page of ours draws, for those who take a course elsewhere. */
export function blocksToHtml(blocks: readonly Block[]): string {
  const html: string[] = [];
  /** Lists that are open, each with an item that is. */
  const lists: ('ul' | 'ol')[] = [];
  let isTable = false;
  const closeLists = (depth: number) => {
    while (lists.length > depth) html.push(`</li></${lists.pop()}>`);
  };
  const item = ({ level, number, runs, checked }: Block) => {
    const list = number === null ? 'ul' : 'ol';
    closeLists(level);
    if (lists.length === level && lists.at(-1) !== list) closeLists(level - 1);
    if (lists.length === level) html.push('</li>');
    while (lists.length < level) {
      html.push(list === 'ol' && number !== 1 ? `<ol start="${number}">` : `<${list}>`);
      lists.push(list);
      if (lists.length < level) html.push('<li>');
    }
    html.push(`<li>${checked === null ? '' : checked ? '☑ ' : '☐ '}${runsHtml(runs)}`);
  };
  for (const block of blocks) {
    if (isTable && (block.kind !== 'row' || block.header)) {
      html.push('</table>');
      isTable = false;
    }
    if (block.kind === 'item') {
      item(block);
      continue;
    }
    closeLists(0);
    if (block.kind !== 'row') {
      html.push(simple(block));
      continue;
    }
    if (!isTable) html.push('<table>');
    isTable = true;
    const cell = block.header ? 'th' : 'td';
    html.push(`<tr>${block.cells.map((runs) => `<${cell}>${runsHtml(runs)}</${cell}>`).join('')}</tr>`);
  }
  closeLists(0);
  if (isTable) html.push('</table>');
  return html.join('\n');
}

function simple({ kind, runs, level, src, language }: Block): string {
  switch (kind) {
    case 'heading':
      return `<h${level}>${runsHtml(runs)}</h${level}>`;
    case 'quote':
      return `${'<blockquote>'.repeat(level)}<p>${runsHtml(runs)}</p>${'</blockquote>'.repeat(level)}`;
    case 'code': {
      const named = language === null ? '' : ` class="language-${escaped(language)}"`;
      return `<pre><code${named}>${escaped(runs.map(({ text }) => text).join(''))}</code></pre>`;
    }
    case 'rule':
      return '<hr/>';
    case 'image':
      return `<p><img src="${escaped(src ?? '')}" alt="${escaped(runs.map(({ text }) => text).join(''))}"/></p>`;
    default:
      return `<p>${runsHtml(runs)}</p>`;
  }
}
