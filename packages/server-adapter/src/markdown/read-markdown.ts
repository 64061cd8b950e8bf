import type { Definition, List, ListItem, PhrasingContent, Root, RootContent } from 'mdast';
import { parseMarkdown } from './parse-markdown.ts';
import { type Block, type Definitions, type Piece, piecesOf, plainRuns, type Run, runsOf } from './runs.ts';

/** Where a block stands: in how many quotes and lists. */
interface Place {
  quotes: number;
  lists: number;
}

const block = (kind: Block['kind'], given: Partial<Block> = {}): Block => ({
  kind,
  runs: [],
  level: 0,
  number: null,
  checked: null,
  language: null,
  src: null,
  cells: [],
  header: false,
  ...given,
});

/**
 * Reads CommonMark with GitHub's tables, task lists, strike-through and bare links into blocks in the order of the page. HTML is
 * text. Links go to http(s), mailto and fragments, images come by http(s); of others their words stay. What is too deep or
 * too dense to be read in two seconds is shown as it was written, paragraph by paragraph.
 */
export function readMarkdown(markdown: string): Block[] {
  return parseMarkdown(markdown, blocksOfTree) ?? plainBlocks(markdown);
}

function blocksOfTree(tree: Root): Block[] {
  const definitions = new Map<string, Definition>();
  collect(tree.children, definitions);
  const isNote = ({ type }: RootContent) => type === 'footnoteDefinition';
  const reader = readerOf(definitions);
  const top: Place = { quotes: 0, lists: 0 };
  return [
    ...reader(
      tree.children.filter((node) => !isNote(node)),
      top,
    ),
    ...reader(tree.children.filter(isNote), top),
  ];
}

/** Definitions hold wherever they stand; of several of one name the first. */
function collect(nodes: readonly RootContent[], found: Map<string, Definition>): void {
  for (const node of nodes) {
    if (node.type === 'definition') {
      if (!found.has(node.identifier)) found.set(node.identifier, node);
    } else if ('children' in node) collect(node.children, found);
  }
}

const plainBlocks = (markdown: string): Block[] =>
  markdown
    .split(/(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => block('paragraph', { runs: plainRuns(paragraph) }));

type Reader = (nodes: readonly RootContent[], place: Place) => Block[];

function readerOf(definitions: Definitions): Reader {
  const line = (content: readonly PhrasingContent[]) => piecesOf(content, definitions);

  const read: Reader = (nodes, place) => nodes.flatMap((node) => readNode(node, place));

  const readNode = (node: RootContent, place: Place): Block[] => {
    switch (node.type) {
      case 'heading':
        return [block('heading', { level: node.depth, runs: runsOf(line(node.children)) })];
      case 'paragraph':
        return textBlocks(line(node.children), (runs) => standing(runs, place));
      case 'html':
        return [standing(plainRuns(node.value), place)];
      case 'blockquote':
        return read(node.children, { ...place, quotes: place.quotes + 1 });
      case 'list':
        return readList(node, { ...place, lists: place.lists + 1 });
      case 'code':
        return [block('code', { runs: plainRuns(node.value), language: node.lang ?? null })];
      case 'thematicBreak':
        return [block('rule')];
      case 'table':
        return node.children.map((row, index) =>
          block('row', { header: index === 0, cells: row.children.map((cell) => runsOf(line(cell.children))) }),
        );
      case 'footnoteDefinition':
        return withLabel(`[${node.label ?? node.identifier}] `, read(node.children, place));
      default:
        return [];
    }
  };

  const readList = (list: List, place: Place) =>
    list.children.flatMap((item, index) => readItem(item, list.ordered ? (list.start ?? 1) + index : null, place));

  const readItem = (item: ListItem, number: number | null, place: Place): Block[] => {
    const [first, ...rest] = item.children;
    const begins = first?.type === 'paragraph';
    const pieces = begins ? line(first.children) : [];
    const text = textBlocks(pieces, (runs) => standing(runs, { ...place, lists: 0 }));
    const ownRuns = text[0] && text[0].kind !== 'image' ? text[0].runs : [];
    const head = block('item', { runs: ownRuns, level: place.lists, number, checked: item.checked ?? null });
    return [head, ...text.slice(ownRuns.length > 0 ? 1 : 0), ...read(begins ? rest : item.children, place)];
  };

  return read;
}

/** Text as it stands in a quote or by itself. */
const standing = (runs: Run[], { quotes }: Place): Block =>
  quotes > 0 ? block('quote', { runs, level: quotes }) : block('paragraph', { runs });

/** A line with images in it as blocks: what is before, each image, what is after. */
function textBlocks(pieces: readonly Piece[], text: (runs: Run[]) => Block): Block[] {
  const blocks: Block[] = [];
  let before: Piece[] = [];
  const flush = () => {
    const runs = runsOf(before);
    if (runs.some((run) => run.text.trim() !== '')) blocks.push(text(runs));
    before = [];
  };
  for (const piece of pieces) {
    if (!('src' in piece)) {
      before.push(piece);
      continue;
    }
    flush();
    blocks.push(block('image', { src: piece.src, runs: piece.alt }));
  }
  flush();
  return blocks;
}

function withLabel(label: string, [first, ...rest]: Block[]): Block[] {
  const isText = first?.kind === 'paragraph' || first?.kind === 'quote';
  if (!first || !isText) return [block('paragraph', { runs: plainRuns(label) }), ...(first ? [first] : []), ...rest];
  return [{ ...first, runs: runsOf([...plainRuns(label), ...first.runs]) }, ...rest];
}
