import { base } from './styles/base.ts';
import { tokens } from './styles/tokens.ts';

const sheets: Partial<Record<'first' | 'views', CSSStyleSheet>> = {};

function made(name: 'first' | 'views', text: string): CSSStyleSheet {
  const sheet = sheets[name] ?? new CSSStyleSheet();
  if (!sheets[name]) sheet.replaceSync(text);
  sheets[name] = sheet;
  return sheet;
}

/** Tokens, frame and skeleton. Constructed sheets: a strict Content-Security-Policy has no say in them. */
export const firstSheet = (): CSSStyleSheet => made('first', tokens + base);

/** Adds the style of the views to a shadow root, once. */
export function addStyle(root: Node, style: string): void {
  if (!(root instanceof ShadowRoot)) return;
  const sheet = made('views', style);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
