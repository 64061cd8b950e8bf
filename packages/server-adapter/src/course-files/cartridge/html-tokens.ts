/** A piece of HTML: text as it is written, or a tag by its name in small letters. */
export type HtmlToken =
  | { kind: 'text'; text: string }
  | { kind: 'open'; name: string; attributes(): Map<string, string> }
  | { kind: 'close'; name: string };

/** Elements whose content is no text to read. */
const mute = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg', 'math']);

/** Takes HTML apart in one go: as browsers see ordinary pages, and in time with its length whatever it is. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0;
  let begin = 0;
  while (at < html.length) {
    const opening = html.indexOf('<', at);
    if (opening < 0) break;
    const end = endOfTag(html, opening);
    if (end === null) {
      at = opening + 1;
      continue;
    }
    if (end === Number.POSITIVE_INFINITY) break;
    if (opening > begin) yield { kind: 'text', text: html.slice(begin, opening) };
    at = end;
    begin = end;
    const tag = /^<(\/?)([a-z][a-z0-9:-]*)/i.exec(html.slice(opening, opening + 64));
    if (!tag) continue;
    const name = (tag[2] ?? '').toLowerCase();
    if (tag[1] === '/') {
      yield { kind: 'close', name };
      continue;
    }
    const inside = html.slice(opening + tag[0].length, end - 1);
    if (mute.has(name) && !inside.endsWith('/')) {
      at = endOfElement(html, name, end);
      begin = at;
    } else yield { kind: 'open', name, attributes: () => attributesIn(inside) };
  }
  if (begin < html.length) yield { kind: 'text', text: html.slice(begin) };
}

/** Where a tag or comment ends; `null` where none begins, infinity where it never ends. */
function endOfTag(html: string, at: number): number | null {
  const after = (sign: string, from: number) => {
    const found = html.indexOf(sign, from);
    return found < 0 ? Number.POSITIVE_INFINITY : found + sign.length;
  };
  if (html.startsWith('<!--', at)) return after('-->', at + 4);
  if (/[!?]/.test(html[at + 1] ?? '')) return after('>', at + 1);
  if (!/^<\/?[a-z]/i.test(html.slice(at, at + 3))) return null;
  let quote = '';
  for (let index = at + 1; index < html.length; index++) {
    const sign = html[index] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return index + 1;
  }
  return Number.POSITIVE_INFINITY;
}

function endOfElement(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}\\s*>`, 'gi');
  pattern.lastIndex = from;
  return pattern.test(html) ? pattern.lastIndex : html.length;
}

const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;

const attributesIn = (text: string): Map<string, string> =>
  new Map(
    [...text.slice(0, 10_000).matchAll(attribute)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      plainText(double ?? single ?? bare ?? ''),
    ]),
  );

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Text with the commonest character references put in. */
export const plainText = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
