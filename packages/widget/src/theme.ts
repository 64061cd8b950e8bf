import { board } from './styles/board.ts';
import { card } from './styles/card.ts';
import { parts } from './styles/parts.ts';
import { tokens } from './styles/tokens.ts';

let sheets: CSSStyleSheet[] = [];

/** Adds a style for all elements. Constructed sheets: a strict Content-Security-Policy has no say in them. */
export function addStyle(style: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  sheets = [...sheets, sheet];
}

/** Gives a shadow root the styles there are. */
export function dress(root: ShadowRoot): void {
  if (!sheets[0]) addStyle(tokens + parts + card + board);
  if (root.adoptedStyleSheets.length !== sheets.length) root.adoptedStyleSheets = sheets;
}
