import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** How hard reading may be. What is harder was not written to be read. */
const limits = {
  /** Quotes and lists in one another at the beginning of a line. */
  containers: 32,
  /** Square brackets: pairing them takes the square of how many there are. */
  brackets: 4000,
  /** Stars, underscores and tildes in one paragraph: pairing them does as well. */
  emphasis: 4000,
  milliseconds: 2000,
};

const containers = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))*/;
const container = />|[-+*]|\d+[.)]/g;

/** Reading takes too long. */
class TooLong extends Error {}

type Extension = ReturnType<typeof gfm>;

/**
 * Looks at the clock wherever something could begin. Some texts of 100 000 characters take micromark minutes.
 */
function stopAfter(milliseconds: number): Extension {
  const end = performance.now() + milliseconds;
  let turn = 0;
  const look = () => {
    if ((++turn & 63) === 0 && performance.now() > end) throw new TooLong();
  };
  const clock: NonNullable<NonNullable<Extension['text']>['null']> = {
    name: 'clock',
    tokenize: (_effects, _ok, nok) => (code) => {
      look();
      return nok(code);
    },
  };
  const everywhere = { null: clock };
  const resolveAll = <Events>(events: Events) => {
    look();
    return events;
  };
  return {
    ...{ document: everywhere, flow: everywhere, text: everywhere, string: everywhere },
    insideSpan: { null: [{ resolveAll }] },
  };
}

const gfmSyntax = gfm();
const gfmTree = gfmFromMarkdown();

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Whether a text is so deep or so dense that it would take too long. */
const isTooHard = (markdown: string) =>
  count(markdown, /[[\]]/g) > limits.brackets ||
  markdown.split(/(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/).some((part) => count(part, /\*+|_+|~+/g) > limits.emphasis) ||
  markdown.split(/\r\n?|\n/).some((line) => count(containers.exec(line)?.[0] ?? '', container) > limits.containers);

/** Reads CommonMark with the extensions of GitHub; `null` where it is too deep, too dense or takes too long. */
export function parseMarkdown<Result>(markdown: string, work: (tree: Root) => Result): Result | null {
  if (isTooHard(markdown)) return null;
  try {
    const extensions = [gfmSyntax, stopAfter(limits.milliseconds)];
    return work(fromMarkdown(markdown, { extensions, mdastExtensions: [gfmTree] }));
  } catch (error) {
    // Emphasis can be nested by the ten thousand: then the stack ends.
    if (error instanceof TooLong || error instanceof RangeError) return null;
    throw error;
  }
}
