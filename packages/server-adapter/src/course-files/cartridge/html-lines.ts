/** What stands before the lines of a block: the sign of a quote, or of an item and then its indentation. */
interface Container {
  first: string;
  rest: string;
  /** Whether anything of it is written. */
  begun: boolean;
}

/** More would be no list any more. */
const deepest = 12;

/** Puts blocks under one another as Markdown, in quotes and items. */
export interface Lines {
  put(text: string): void;
  enter(first: string, rest: string): void;
  leave(): void;
  text(): string;
}

/** Makes an empty page. */
export function createLines(): Lines {
  const lines: string[] = [];
  const containers: Container[] = [];
  let skipped = 0;

  const prefix = () => {
    let text = '';
    for (const container of containers) {
      text += container.first;
      // The sign of an item stands once.
      container.first = container.rest;
      container.begun = true;
    }
    return text;
  };

  return {
    put: (text) => {
      const inside = containers.filter(({ begun }) => begun).map(({ rest }) => rest);
      if (lines.length > 0) lines.push(inside.join('').trimEnd());
      for (const line of text.split('\n')) lines.push(`${prefix()}${line}`);
    },
    enter: (first, rest) => {
      if (containers.length >= deepest) skipped++;
      else containers.push({ first, rest, begun: false });
    },
    leave: () => {
      if (skipped > 0) skipped--;
      else containers.pop();
    },
    text: () => lines.join('\n'),
  };
}
