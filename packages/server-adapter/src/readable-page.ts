import { createHash } from 'node:crypto';
import { escapeHtml } from './mail/message.ts';

const style = `:root{color-scheme:light dark;--line:#d5d9de;--soft:#5a6470;--link:#0b57b0}
@media (prefers-color-scheme:dark){:root{--line:#3a4149;--soft:#a3adb8;--link:#8ab8ff}}
body{margin:0 auto;max-inline-size:46rem;padding:2.5rem 1.25rem 4rem;font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.9rem;line-height:1.25;margin:0 0 .25rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.35;margin:2.25rem 0 .4rem}
p{margin:.4rem 0}
a{color:var(--link)}
dl{display:grid;gap:.1rem 1.25rem;margin:.6rem 0}
dt{color:var(--soft);font-size:.9375rem}
dd{margin:0 0 .5rem}
@media (min-width:36rem){dl{grid-template-columns:9rem 1fr}dd{margin:0}}
table{inline-size:100%;border-collapse:collapse;margin:.6rem 0}
th,td{text-align:start;vertical-align:top;padding:.4rem .75rem .4rem 0;border-block-end:1px solid var(--line)}
th{color:var(--soft);font-size:.9375rem;font-weight:500}
td{font-variant-numeric:tabular-nums}
.lines{white-space:pre-line;overflow-wrap:anywhere}
.about,footer{color:var(--soft);font-size:.9375rem}
footer{margin-block-start:3rem;padding-block-start:1rem;border-block-start:1px solid var(--line)}
code,pre{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.4rem}
@media print{body{max-inline-size:none;padding:0;font-size:10.5pt}h2{break-after:avoid}tr,dl,.lines{break-inside:avoid}nav{display:none}}`;

/** What a page to read may do: be read. Its style is allowed by its hash (CSP Level 3). */
export const readablePageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/**
 * A page to read and print, without scripts.
 * @param body - HTML: whatever came from somewhere has been through `escapeHtml`
 */
export const readablePage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
