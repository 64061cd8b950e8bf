import { html } from 'hono/html';
import { contest, program } from './contest.ts';

interface ClubPage {
  publishableKey: string;
  /** Of the runner who is signed in. */
  name: string | null;
}

/** The club's one page, with both elements. */
export const clubPage = ({ publishableKey, name }: ClubPage) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tuesday Runners</title>
<link rel="icon" href="/club.svg">
<link rel="stylesheet" href="/club.css">
<script src="/laurel/laurel.js" data-api="/api" data-key="${publishableKey}" ${name === null ? '' : html`data-session`} async></script>
</head>
<body>
<header><h1>Tuesday Runners</h1><p>Seven in the evening, from the old bridge, whatever the weather.</p></header>
<main>
  <section class="you">
    ${name === null ? stranger : member(name)}
    <laurel-referral program="${program}" join-url="#name"></laurel-referral>
  </section>
  <laurel-leaderboard contest="${contest}"></laurel-leaderboard>
</main>
</body>
</html>`;

const stranger = html`<form method="post" action="/join">
  <label for="name">Your name on the board</label>
  <div><input id="name" name="name" maxlength="60" autocomplete="nickname" required><button>Join</button></div>
</form>`;

const member = (name: string) => html`<form method="post" action="/run">
  <p>Good to see you, <bdi>${name}</bdi>.</p>
  <div><button>I ran today</button></div>
</form>`;
