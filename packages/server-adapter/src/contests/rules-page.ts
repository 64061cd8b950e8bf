import { createHash } from 'node:crypto';
import { escapeHtml } from '../mail/message.ts';
import type { RulesVersion } from './rules-versions.ts';
import { whenIn } from './rules-words.ts';

const style = `:root{color-scheme:light dark;--line:#d5d9de;--soft:#5a6470;--link:#0b57b0}
@media (prefers-color-scheme:dark){:root{--line:#3a4149;--soft:#a3adb8;--link:#8ab8ff}}
body{margin:0 auto;max-inline-size:42rem;padding:2.5rem 1.25rem 4rem;font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.9rem;line-height:1.25;margin:0 0 .25rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.35;margin:2.25rem 0 .4rem}
p{margin:.4rem 0;white-space:pre-line}
a{color:var(--link)}
.about,footer{color:var(--soft);font-size:.9375rem}
footer{margin-block-start:3rem;padding-block-start:1rem;border-block-start:1px solid var(--line)}
code{font:.875em/1.5 ui-monospace,monospace}
@media print{body{max-inline-size:none;padding:0;font-size:10.5pt}h2{break-after:avoid}p{break-inside:avoid}nav{display:none}}`;

/** What the page may do: be read. Its style is allowed by its hash (CSP Level 3). */
export const rulesPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

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
      `<section>\n<h2>${escapeHtml(heading)}</h2>\n${paragraphs.map((each) => text('p', each)).join('\n')}\n</section>`,
  );
  const others = Array.from({ length: versions }, (_, index) => index + 1).filter((each) => each !== version);
  const links = others.map((each) => `<a href="rules.html?version=${each}">Version ${each}</a>`);
  const since = `${whenIn(createdAt, timeZone)} (${escapeHtml(timeZone)})`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(document.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${text('h1', document.title)}
<p class="about">Version ${version} of ${versions}, since ${since}${version === versions ? '' : `. No longer in force: <a href="rules.html">the rules in force</a>`}</p>
${sections.join('\n')}
</main>
<footer>
<p>SHA-256 of these rules (RFC 8785): <code>${hash}</code></p>
${links.length > 0 ? `<nav aria-label="Other versions"><p>Other versions: ${links.join(', ')}</p></nav>` : ''}
</footer>
</body>
</html>
`;
}
