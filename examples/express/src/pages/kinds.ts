import { html } from '../html.ts';
import { kinds } from '../kinds.ts';
import { contest as rally } from '../laurel.ts';
import type { Page } from '../visit.ts';

const panel = (contest: string) =>
  html`<laurel-contest contest="${contest}" join-url="/join?next=/contests" class="panel"></laurel-contest>`;

const board = (contest: string, view: 'cohort' | 'teams' | 'friends') =>
  html`<laurel-leaderboard contest="${contest}" view="${view}" class="panel"></laurel-leaderboard>`;

/** Every kind of contest that has no page of its own, each beside the board that belongs to it. */
export const kindsPage = (member: boolean): Page => ({
  title: 'More contests',
  widget: true,
  main: html`
<section class="account">
  <div class="heading"><div>
    <h1>More ways to play</h1>
    <p class="muted">Points here are for flights that people log, and for saying hello.
    ${!member && html`<a href="/join?next=/contests">Join</a> to have your own place in each.`}</p>
  </div></div>
  <div class="columns">${panel(kinds.league)}${board(kinds.league, 'cohort')}</div>
  <div class="columns">${panel(kinds.teams)}${board(kinds.teams, 'teams')}</div>
  <div class="columns">${panel(kinds.waitlist)}${board(rally, 'friends')}</div>
  <div class="columns">${panel(kinds.milestone)}${panel(kinds.instant)}</div>
</section>`,
});
