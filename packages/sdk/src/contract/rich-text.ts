import * as z from 'zod/mini';

/** A stretch of text of one look. */
const Run = z.object({
  text: z.string(),
  marks: z.array(z.enum(['strong', 'emphasis', 'code', 'strike'])),
  /** An absolute http(s) or mailto address, or a fragment of the page. */
  href: z.nullable(z.string()),
});

/**
 * A block of a lesson’s text: Markdown read by the server, so that a page draws it element by element and never as HTML.
 * Items and rows that follow one another are one list or one table.
 */
export const Block = z.object({
  kind: z.enum(['heading', 'paragraph', 'item', 'quote', 'code', 'rule', 'image', 'row']),
  runs: z.array(Run),
  /** `heading`: 1 to 6. `item` and `quote`: how deep it stands, from 1. Otherwise 0. */
  level: z.int(),
  /** `item` of an ordered list: its number. */
  number: z.nullable(z.int()),
  /** `item` of a task list: whether it is ticked. */
  checked: z.nullable(z.boolean()),
  /** `code`: its language, if it says so. */
  language: z.nullable(z.string()),
  /** `image`: its http(s) address; `runs` is what stands for it. */
  src: z.nullable(z.string()),
  /** `row`: its cells. */
  cells: z.array(z.array(Run)),
  /** `row`: it heads the table. */
  header: z.boolean(),
});
