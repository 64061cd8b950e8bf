import { escapeHtml } from '../mail/message.ts';
import { readablePage } from '../readable-page.ts';
import type { RulesVersion } from './rules-versions.ts';
import { whenIn } from './rules-words.ts';

/**
 * The official rules as a page to read and print.
 * @param versions - how many there are; the page links to the others
 */
export function rulesPage(
  { version, document, hash, createdAt }: RulesVersion,
  versions: number,
  timeZone: string,
): string {
  const text = (tag: string, words: string) => `<${tag} dir="auto">${escapeHtml(words)}</${tag}>`;
  const sections = document.sections.map(
    ({ heading, paragraphs }) =>
      `<section>\n<h2>${escapeHtml(heading)}</h2>\n${paragraphs.map((each) => `<p class="lines" dir="auto">${escapeHtml(each)}</p>`).join('\n')}\n</section>`,
  );
  const others = Array.from({ length: versions }, (_, index) => index + 1).filter((each) => each !== version);
  const links = others.map((each) => `<a href="rules.html?version=${each}">Version ${each}</a>`);
  const since = `${whenIn(createdAt, timeZone)} (${escapeHtml(timeZone)})`;
  const body = `${text('h1', document.title)}
<p class="about">Version ${version} of ${versions}, since ${since}${version === versions ? '' : `. No longer in force: <a href="rules.html">the rules in force</a>`}</p>
${sections.join('\n')}
<footer>
<p>SHA-256 of these rules (RFC 8785): <code>${hash}</code></p>
${links.length > 0 ? `<nav aria-label="Other versions"><p>Other versions: ${links.join(', ')}</p></nav>` : ''}
</footer>`;
  return readablePage(document.title, body);
}
