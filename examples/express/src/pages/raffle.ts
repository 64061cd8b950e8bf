import { html } from '../html.ts';
import type { Page } from '../visit.ts';

/** The raffle that runs, and the one that was drawn first. */
export const rafflePage = (contest: string, member: boolean): Page => ({
  title: 'Hilltop draw',
  widget: true,
  main: html`
<section class="account">
  <div class="heading"><div>
    <h1>Out of the hat</h1>
    <p class="muted">Nobody here picks the winners: a public number that nobody knows beforehand does, and every page can check it.
    ${!member && html`<a href="/join?next=/draw">Join</a> to have tickets of your own.`}</p>
  </div></div>
  <div class="columns">
    <laurel-contest contest="${contest}" class="panel"></laurel-contest>
    <laurel-contest contest="opening" class="panel"></laurel-contest>
  </div>
</section>`,
});

/** One contest, whichever it is. */
export const contestPage = (contest: string): Page => ({
  title: 'Contest',
  widget: true,
  main: html`<section class="account"><laurel-contest contest="${contest}" class="panel"></laurel-contest></section>`,
});
