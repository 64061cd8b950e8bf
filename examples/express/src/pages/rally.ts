import { html } from '../html.ts';
import { contest } from '../laurel.ts';
import type { Page } from '../visit.ts';

/** The contest's page with the board. */
export const rallyPage = (member: boolean): Page => ({
  title: 'Spring Rally',
  widget: true,
  main: html`
<section class="split">
  <div class="words">
    <h1>Spring Rally</h1>
    <p class="lead">Thirty days, one hill. Whoever brings the most company gets the year’s first Kestrel.</p>
    <ol class="steps">
      <li><b>Share your link.</b> It is on your account page, and it is yours alone.</li>
      <li><b>A friend joins</b> and you have a point.</li>
      <li><b>They buy a kite</b> and you have five more. A kite that comes back takes its points along.</li>
    </ol>
    <p><a class="button" href="${member ? '/account' : '/join'}">${member ? 'Your link' : 'Join the rally'}</a></p>
    <p class="prize"><img src="/kestrel.svg" alt="The prize: a Kestrel, a wide blue delta kite." width="480" height="420"></p>
  </div>
  <laurel-leaderboard contest="${contest}" limit="10" podium class="panel"></laurel-leaderboard>
</section>`,
});
