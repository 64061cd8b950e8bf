import type { Language } from '../i18n/index.ts';
import type { Drawing } from './drawing.ts';
import { svgOf } from './save.ts';
import { sheet } from './style.ts';

/** What stands on a card. */
interface Card {
  title: string;
  hint: string;
  link: string;
  language: Language;
}

/**
 * Opens a page with one card to cut out and prints it; `false` where the browser lets no window open. The page is made
 * by DOM calls and a constructed style sheet, so a strict Content-Security-Policy has no say in it.
 */
export function printCard(drawing: Drawing, { title, hint, link, language }: Card): boolean {
  const opened = open('', '_blank') as (Window & typeof globalThis) | null;
  if (!opened) return false;
  const page = opened.document;
  const style = new opened.CSSStyleSheet();
  style.replaceSync(sheet);
  page.adoptedStyleSheets = [style];
  page.title = title;
  page.documentElement.lang = language.locale;
  const text = (name: string, words: string) => {
    const element = page.createElement(name);
    element.dir = 'auto';
    element.textContent = words;
    return element;
  };
  const card = page.createElement('main');
  const words = page.createElement('div');
  words.append(text('h1', title), text('p', hint), text('code', link.replace(/^https?:\/\//, '')));
  card.append(words, svgOf(drawing, page));
  page.body.replaceChildren(card);
  opened.focus();
  opened.print();
  return true;
}
