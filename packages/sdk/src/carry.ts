import { clickIdParameter, type Touch } from './touch.ts';

/**
 * Takes a touch along without storage: as hidden fields of a form, or as parameters of a link or address on the origin
 * of `page` or one of `origins`. Gives the address of links and addresses. Any other origin gets nothing.
 */
export function carry(
  target: HTMLFormElement | HTMLAnchorElement | string | URL,
  touch: Touch | undefined,
  codeParameter: string,
  page: string,
  origins: readonly string[] = [],
): string {
  const fields = Object.entries({ [codeParameter]: touch?.referralCode, [clickIdParameter]: touch?.clickId });
  const present = fields.filter((field): field is [string, string] => !!field[1]);
  if (typeof target === 'object' && 'elements' in target) {
    for (const [name, value] of present) {
      const input = target.ownerDocument.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      const former = target.elements.namedItem(name);
      if (former instanceof Element) former.replaceWith(input);
      else target.append(input);
    }
    return '';
  }
  const link = typeof target === 'object' && 'relList' in target ? target : undefined;
  const given = link?.href ?? String(target);
  const url = new URL(given, page);
  if (!touch || ![new URL(page).origin, ...origins].includes(url.origin)) return given;
  for (const [name, value] of present) url.searchParams.set(name, value);
  if (link) link.href = url.href;
  return url.href;
}
