import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import { invalid } from '../course-file.ts';

const longest = 65_536;

/** A Markdown file in its two parts. */
export interface MarkdownFile {
  /** What stands between the lines `---`, as it is; `null` where there are none. */
  facts: Record<string, unknown> | null;
  /** What follows, without the empty line before and the line end after it; `null` for nothing. */
  body: string | null;
}

const bodyOf = (text: string) => text.replace(/^\n/, '').replace(/\n$/, '') || null;

/**
 * Takes a file with YAML front matter apart. A file whose first line ends as on Windows is taken to end all its lines so.
 * @throws LaurelProblem course_file_invalid
 */
export function readMarkdownFile(where: string, given: string): MarkdownFile {
  const text = /^---\r\n/.test(given) ? given.replaceAll('\r\n', '\n') : given;
  if (!text.startsWith('---\n')) return { facts: null, body: bodyOf(text) };
  const closing = /\n---[ \t]*(?:\n|$)/.exec(text.slice(3));
  if (!closing) throw invalid(where, 'Its front matter has no end: close it with a line "---".');
  const yaml = text.slice(4, Math.max(4, closing.index + 4));
  if (yaml.length > longest) throw invalid(where, `Its front matter has more than ${longest} characters.`);
  return { facts: factsIn(where, yaml), body: bodyOf(text.slice(3 + closing.index + closing[0].length)) };
}

function factsIn(where: string, yaml: string): Record<string, unknown> {
  let value: unknown;
  try {
    // No aliases: a few lines of them can stand for gigabytes.
    value = parse(yaml, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw invalid(where, `Its front matter is no YAML: ${reason.slice(0, 300)}`);
  }
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(where, 'Its front matter is no list of names and values.');
}

/** Writes a file that is read as the same again. */
export function writeMarkdownFile(facts: Record<string, unknown>, body: string | null): string {
  return `---\n${yamlOf(facts)}---\n${body === null ? '' : `\n${body}\n`}`;
}

function yamlOf(facts: Record<string, unknown>): string {
  const plain = stringify(facts, { lineWidth: 0 });
  if (!/^---/m.test(plain) && isDeepStrictEqual(parse(plain), facts)) return plain;
  // JSON is YAML: what cannot stand in it as it is, stands there with escapes.
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return lines
    .join('')
    .replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
