import { html } from '../html.ts';
import type { Page } from '../visit.ts';

const page = (title: string, text: string): Page => ({
  title,
  main: html`<section class="door"><h1>${title}</h1><p>${text}</p><p><a class="button" href="/">To the kites</a></p></section>`,
});

/** What is shown when there is nothing to show. */
export const sorry = {
  notFound: page(
    'This line leads nowhere',
    'There is no such page. It may have moved, or the address has a slip in it.',
  ),
  failed: page('The line snapped', 'Something failed on our side. Nothing was bought or changed; please try again.'),
};
