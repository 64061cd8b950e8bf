import { type Html, html } from '../html.ts';
import type { Account } from '../shop/accounts.ts';

interface Layout {
  title: string;
  main: Html;
  visitor: Account | null;
  path: string;
  /** Given where the page holds elements of the widget. */
  publishableKey: string | null;
}

/** What all pages share: head, navigation, foot. */
export function layout({ title, main, visitor, path, publishableKey }: Layout): Html {
  const link = (to: string, text: string, kind = '') =>
    html`<a href="${to}" class="${kind}" ${path === to && html`aria-current="page"`}>${text}</a>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Lark &amp; Line</title>
<meta name="description" content="Kites sewn by hand, for light air and strong.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
${publishableKey !== null && widgetScript(publishableKey, visitor !== null)}
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header class="bar">
  <a class="brand" href="/"><img src="/mark.svg" alt="" width="34" height="34"><span>Lark &amp; Line</span></a>
  <nav aria-label="Shop">
    ${link('/', 'Kites')}
    ${link('/contest', 'Spring Rally')}
    ${link('/draw', 'Hilltop draw')}
    ${link('/contests', 'More contests')}
    ${link('/letter', 'Wind letter')}
    ${link('/staff', 'Staff')}
    ${visitor ? link('/account', visitor.name, 'who') : html`${link('/sign-in', 'Sign in')}${link('/join', 'Join', 'button small')}`}
  </nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot">
  <p>Lark &amp; Line is the example shop of Laurel. Nothing is sold, no money moves, and everybody who was on the board
  before you came is made up.</p>
</footer>
</body>
</html>`;
}

/** `data-session`: the widget acts for whoever the shop's own cookie says is signed in. */
const widgetScript = (key: string, signedIn: boolean) =>
  html`<script src="/laurel/laurel.js" data-api="/api" data-key="${key}" ${signedIn && html`data-session`} async></script>`;
