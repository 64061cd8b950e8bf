/** Markup that is safe to send: made by `html` only. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeText = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** What may stand in a template. `null` and `false` leave nothing behind. */
export type Piece = Html | string | number | null | false | readonly Piece[];

function markupOf(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece));
  return piece.map(markupOf).join('');
}

/**
 * A template whose values are escaped, so that a name like `<script>` stays a name.
 *
 * @example
 * ```ts
 * html`<li>${name}</li>`
 * ```
 */
export const html = (texts: TemplateStringsArray, ...pieces: Piece[]): Html =>
  new Html(texts.map((text, index) => text + markupOf(pieces[index] ?? null)).join(''));
