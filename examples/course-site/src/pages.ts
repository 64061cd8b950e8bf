import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Question } from './quizzes.ts';
import { contest, course, program } from './set-up.ts';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString> | '';

/** What every page is drawn with. */
export interface Site {
  publishableKey: string;
  /** Of the learner who is signed in. */
  name: string | null;
}

const layout = (site: Site, title: string, main: Markup, scripts: Markup = '') => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Twelve Weeks of Bread</title>
<link rel="icon" href="/loaf.svg">
<link rel="stylesheet" href="/site.css">
${scripts}
<script src="/laurel/laurel.js" data-api="/api" data-key="${site.publishableKey}" ${site.name === null ? '' : html`data-session`} async></script>
</head>
<body>
<header>
  <a class="brand" href="/">Twelve Weeks of Bread</a>
  <nav aria-label="Site">
    <a href="/learn">Learn</a>
    <a href="/board">Board</a>
    <a href="/staff">Staff</a>
  </nav>
  ${site.name === null ? '' : html`<span class="you">Signed in as <bdi>${site.name}</bdi></span>`}
</header>
<main>${main}</main>
</body>
</html>`;

const door = html`<form method="post" action="/join" class="door">
  <label for="name">Your name, as others see it</label>
  <div><input id="name" name="name" maxlength="60" autocomplete="nickname" required><button>Come in</button></div>
</form>`;

/** The front page: what is taught here. */
export const homePage = (site: Site) =>
  layout(
    site,
    'Welcome',
    html`<section class="lead">
  <h1>Flour, water, salt and <em>time</em></h1>
  <p>Three phases, twelve weeks. You begin with a loaf for this afternoon, and end with a recipe of your own.</p>
  ${site.name === null ? door : ''}
</section>
<laurel-catalogue course-url="/learn"></laurel-catalogue>`,
  );

/** Where one learns. */
export const learnPage = (site: Site) =>
  layout(
    site,
    'Learn',
    html`<section class="lead"><h1>${site.name === null ? 'Who is baking?' : 'At the bench'}</h1>${site.name === null ? door : ''}</section>
<div class="desk">
  <laurel-progress course="${course}"></laurel-progress>
  <laurel-course course="${course}" hash></laurel-course>
</div>`,
    html`<script src="/hls.js" defer></script>
<script src="/player.js" defer></script>`,
  );

/** The contest that course and invitations both count for. */
export const boardPage = (site: Site) =>
  layout(
    site,
    'Board',
    html`<section class="lead"><h1>The Spring Bake</h1>
<p>25 points for the first week, 2 for each lesson, 10 for a friend you bring. One board, one ledger.</p></section>
<div class="pair">
  <laurel-leaderboard contest="${contest}"></laurel-leaderboard>
  <laurel-referral program="${program}" join-url="/learn"></laurel-referral>
</div>`,
  );

/** For those who teach. */
export const staffPage = (site: Site) =>
  layout(
    site,
    'Staff',
    html`<section class="lead"><h1>Behind the oven</h1>
<p>On a real site this page is for its staff alone.</p></section>
<laurel-cohort course="${course}"></laurel-cohort>
<laurel-course-editor course="${course}"></laurel-course-editor>`,
    html`<script src="/staff.js" defer></script>`,
  );

/** A quiz, and how it went. */
export const quizPage = (
  site: Site,
  quiz: { lesson: string; title: string; questions: readonly Question[] },
  score: number | null,
) =>
  layout(
    site,
    quiz.title,
    html`<section class="lead"><h1>${quiz.title}</h1>
${score === null ? '' : html`<p role="status">${score} of 100. <a href="/learn#lesson=${quiz.lesson}">Back to the course</a></p>`}</section>
<form method="post" class="sheet">
  ${quiz.questions.map(
    ({ text, choices }, index) => html`<fieldset><legend>${text}</legend>
    ${choices.map((choice, value) => html`<label><input type="radio" name="q${index}" value="${value}" required> ${choice}</label>`)}
  </fieldset>`,
  )}
  <button>Hand in</button>
</form>`,
  );

/** Where the last assignment is handed in. */
export const handInPage = (site: Site, done: boolean) =>
  layout(
    site,
    'Hand in your loaf',
    html`<section class="lead"><h1>Hand in your loaf</h1>
${done ? html`<p role="status">We have it. <a href="/learn#lesson=hand-in-your-loaf">Back to the course</a></p>` : ''}</section>
<form method="post" class="sheet">
  <label for="recipe">Your recipe, and how the loaf came out</label>
  <textarea id="recipe" name="recipe" rows="10" maxlength="5000" required></textarea>
  <button>Hand in</button>
</form>`,
  );

/** The room of the live session. */
export const clinicPage = (site: Site) =>
  layout(
    site,
    'Starter clinic',
    html`<section class="lead"><h1>Starter clinic</h1>
<p>On a real site the call opens here at the hour.</p></section>`,
  );
