import { imageAddress, linkAddress } from '../../markdown/safe-address.ts';
import { createLines } from './html-lines.ts';
import { htmlTokens, plainText } from './html-tokens.ts';

/** Text of a page, and how many links and images led to files that nobody can reach. */
export interface FromHtml {
  markdown: string;
  lost: number;
}

const marks: Record<string, string> = { b: '**', strong: '**', i: '*', em: '*', s: '~~', del: '~~', strike: '~~' };
const blocks = new Set(
  'p div section article header footer main aside figure figcaption form fieldset dl dt dd address details summary center body html'.split(
    ' ',
  ),
);
const signs = /[\\`*_[\]<>|~]/g;
/** What would make a line another block. */
const lineStart = /^(#{1,6}(?=\s|$)|[-+=](?=\s|$)|-{2,}|=+|\d{1,9}(?=[.)](?:\s|$)))/;

/** A line that begins no other block. */
function harmless(line: string): string {
  const begins = lineStart.exec(line)?.[0];
  if (begins === undefined) return line;
  return /^\d/.test(begins) ? `${begins}\\${line.slice(begins.length)}` : `\\${line}`;
}

interface Mark {
  name: string;
  start: number;
  href: string | null;
}

/** Turns a page of HTML into Markdown as well as it goes: text, headings, lists, quotes, tables, code, links and images. */
export function htmlToMarkdown(html: string): FromHtml {
  const page = createLines();
  const lists: { next: number | null }[] = [];
  let line = '';
  let lead = '';
  let open: Mark[] = [];
  let code: string | null = null;
  let isPre = false;
  let table: string[][] | null = null;
  let items = 0;
  let quotes = 0;
  let lost = 0;

  const takeLine = () => {
    for (const mark of open.toReversed()) closeMark(mark.name);
    const text = line.replace(/ {2,}/g, ' ').replace(/^(\s|\\\n)+|(\s|\\\n)+$/g, '');
    line = '';
    open = [];
    return text;
  };
  const flush = () => {
    if (table) {
      line += ' ';
      return;
    }
    const text = takeLine();
    if (text !== '')
      page.put(lead === '' ? text.split('\n').map(harmless).join('\n') : lead + text.replace(/\\?\n/g, ' '));
    lead = '';
  };
  const closeMark = (name: string) => {
    const index = open.findLastIndex((mark) => mark.name === name);
    const mark = open[index];
    if (!mark) return;
    open = open.slice(0, index);
    const inside = line.slice(mark.start);
    const words = inside.trim();
    if (words === '') return;
    const [before = '', after = ''] = inside.split(words);
    const written =
      mark.name === 'a'
        ? mark.href === null
          ? words
          : `[${words}](<${mark.href}>)`
        : `${marks[name]}${words}${marks[name]}`;
    line = line.slice(0, mark.start) + before + written + after;
  };
  const image = (src: string, alt: string) => {
    const address = imageAddress(src);
    if (address === null) lost++;
    const words = alt.replace(/\s+/g, ' ').replace(signs, '\\$&');
    line += address === null ? words : `![${words}](<${address}>)`;
  };
  const link = (href: string | undefined) => {
    const address = href === undefined ? null : linkAddress(href);
    if (href !== undefined && address === null) lost++;
    if (!open.some(({ name }) => name === 'a')) open.push({ name: 'a', start: line.length, href: address });
  };
  const writeTable = (rows: string[][]) => {
    const width = Math.min(100, Math.max(...rows.map((row) => row.length)));
    const row = (cells: string[]) =>
      `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
    const [head = [], ...rest] = rows;
    page.put([row(head), `|${' --- |'.repeat(width)}`, ...rest.map(row)].join('\n'));
  };
  const writeCode = (text: string) => {
    const longest = Math.max(isPre ? 2 : 0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    if (isPre) page.put(`${fence}\n${text.replace(/^\r?\n|\s+$/g, '')}\n${fence}`);
    else if (text.trim() !== '') line += `${fence}${/^`|`$/.test(text) ? ` ${text} ` : text}${fence}`;
  };

  for (const token of htmlTokens(html)) {
    if (code !== null) {
      if (token.kind === 'text') code += plainText(token.text);
      else if (token.kind === 'open' && token.name === 'br') code += '\n';
      else if (token.kind === 'close' && token.name === (isPre ? 'pre' : 'code')) {
        writeCode(isPre ? code : code.replace(/\s+/g, ' '));
        code = null;
        isPre = false;
      }
      continue;
    }
    if (token.kind === 'text') {
      line += token.text.replace(/\s+/g, ' ').replace(signs, '\\$&');
      continue;
    }
    const { name } = token;
    const opens = token.kind === 'open';
    if (name in marks) {
      if (!opens) closeMark(name);
      else if (!open.some((mark) => mark.name === name)) open.push({ name, start: line.length, href: null });
    } else if (name === 'a') {
      if (opens) link(token.attributes().get('href'));
      else closeMark('a');
    } else if (name === 'img' && opens) image(token.attributes().get('src') ?? '', token.attributes().get('alt') ?? '');
    else if (name === 'br' && opens) line += table ? ' ' : '\\\n';
    else if (name === 'code' && opens) code = '';
    else if (/^h[1-6]$/.test(name)) {
      flush();
      if (opens && !table) lead = `${'#'.repeat(Number(name[1]))} `;
    } else if (name === 'tr' && table) {
      takeLine();
      if (opens) table.push([]);
    } else if ((name === 'td' || name === 'th') && table) {
      const cell = takeLine();
      if (!opens) table.at(-1)?.push(cell.replaceAll('\n', ' '));
    } else if (name === 'table') {
      if (opens && !table) {
        flush();
        table = [];
      } else if (!opens && table) {
        takeLine();
        const rows = table.filter((row) => row.length > 0);
        table = null;
        if (rows.length > 0) writeTable(rows);
      }
    } else if (table) line += ' ';
    else if (name === 'pre' && opens) {
      flush();
      code = '';
      isPre = true;
    } else if (name === 'hr') {
      flush();
      page.put('---');
    } else if (name === 'ul' || name === 'ol') {
      flush();
      if (opens) lists.push({ next: name === 'ol' ? 1 : null });
      else lists.pop();
    } else if (name === 'li') {
      flush();
      if (opens) {
        const list = lists.at(-1);
        const sign = list?.next ? `${list.next++}. ` : '- ';
        page.enter(sign, ' '.repeat(sign.length));
      } else if (items > 0) page.leave();
      items = Math.max(0, items + (opens ? 1 : -1));
    } else if (name === 'blockquote') {
      flush();
      if (opens) page.enter('> ', '> ');
      else if (quotes > 0) page.leave();
      quotes = Math.max(0, quotes + (opens ? 1 : -1));
    } else if (blocks.has(name)) flush();
  }
  if (code !== null) writeCode(code);
  if (table) table = null;
  flush();
  return { markdown: page.text(), lost };
}
