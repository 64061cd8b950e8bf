import type { Block as BlockSchema } from '@laurelkit/sdk/contract';
import type { Definition, Image, ImageReference, PhrasingContent } from 'mdast';
import type * as z from 'zod/mini';
import { imageAddress, linkAddress } from './safe-address.ts';

export type Block = z.output<typeof BlockSchema>;
export type Run = Block['runs'][number];
type Mark = Run['marks'][number];

/** What links and images refer to by name. */
export type Definitions = ReadonlyMap<string, Definition>;

/** A piece of a line: text of one look, or an image that may stand by itself. */
export type Piece = Run | { src: string; alt: Run[] };

interface Look {
  marks: readonly Mark[];
  href: string | null;
}

const plainLook: Look = { marks: [], href: null };
const marksOf = { strong: 'strong', emphasis: 'emphasis', delete: 'strike' } as const;
const order: readonly Mark[] = ['strong', 'emphasis', 'code', 'strike'];

const run = (text: string, { marks, href }: Look): Run => ({ text, marks: [...marks], href });
const withMark = ({ marks, href }: Look, mark: Mark): Look => ({
  marks: order.filter((each) => each === mark || marks.includes(each)),
  href,
});

/** The runs of plain text. */
export const plainRuns = (text: string): Run[] => (text === '' ? [] : [run(text, plainLook)]);

/** What stands in a line, in its order. */
export function piecesOf(
  content: readonly PhrasingContent[],
  definitions: Definitions,
  look: Look = plainLook,
): Piece[] {
  return content.flatMap((node): Piece[] => {
    switch (node.type) {
      case 'text':
        // Where a line ends in the source is not where it ends on the page.
        return [run(node.value.replace(/\s*\n\s*/g, ' '), look)];
      case 'html':
        return [run(node.value, look)];
      case 'inlineCode':
        return [run(node.value, withMark(look, 'code'))];
      case 'break':
        return [run('\n', look)];
      case 'strong':
      case 'emphasis':
      case 'delete':
        return piecesOf(node.children, definitions, withMark(look, marksOf[node.type]));
      case 'link':
        return piecesOf(node.children, definitions, { ...look, href: linkAddress(node.url) });
      case 'linkReference': {
        const { url = '' } = definitions.get(node.identifier) ?? {};
        return piecesOf(node.children, definitions, { ...look, href: linkAddress(url) });
      }
      case 'image':
        return imagePiece(node, node.url, look);
      case 'imageReference':
        return imagePiece(node, definitions.get(node.identifier)?.url ?? '', look);
      case 'footnoteReference':
        return [run(`[${node.label ?? node.identifier}]`, look)];
      default:
        return [];
    }
  });
}

function imagePiece({ alt }: Image | ImageReference, url: string, look: Look): Piece[] {
  const src = imageAddress(url);
  const words = alt ?? '';
  return src === null ? [run(words, look)] : [{ src, alt: plainRuns(words) }];
}

/** Runs alone, those of one look joined; of an image what stands for it. */
export function runsOf(pieces: readonly Piece[]): Run[] {
  const joined: Run[] = [];
  for (const each of pieces.flatMap((piece) => ('src' in piece ? piece.alt : [piece]))) {
    const last = joined.at(-1);
    if (each.text === '') continue;
    if (last && last.href === each.href && last.marks.join() === each.marks.join()) last.text += each.text;
    else joined.push({ ...each });
  }
  return joined;
}
