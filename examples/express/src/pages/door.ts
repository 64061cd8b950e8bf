import { type Html, html } from '../html.ts';
import type { Page } from '../visit.ts';

/** What was typed, and what is wrong with it. */
export interface Form {
  name?: string;
  email?: string;
  onBoard?: boolean;
  problem?: { field: 'name' | 'email'; text: string };
  /** Carried along: where to go next and how the visitor came. */
  hidden: Record<string, string>;
}

const carried = (hidden: Record<string, string>) =>
  Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

function field(form: Form, name: 'name' | 'email', label: string, attributes: Html): Html {
  const wrong = form.problem?.field === name;
  return html`
<div class="field">
  <label for="${name}">${label}</label>
  <input id="${name}" name="${name}" value="${form[name] ?? ''}" required ${attributes} ${wrong && html`aria-invalid="true" aria-describedby="${name}-problem" autofocus`}>
  ${wrong && html`<p class="problem" id="${name}-problem">${form.problem?.text ?? ''}</p>`}
</div>`;
}

const email = html`type="email" autocomplete="email" maxlength="200"`;

/** Sign-up. */
export const joinPage = (form: Form): Page => ({
  title: 'Join',
  main: html`
<section class="door">
  <h1>Join Lark &amp; Line</h1>
  <p>For your purchases, your own link, and a place in the Spring Rally.</p>
  <form method="post" action="/join">
    ${carried(form.hidden)}
    ${field(form, 'name', 'First name', html`autocomplete="given-name" maxlength="60"`)}
    ${field(form, 'email', 'E-mail', email)}
    <label class="check"><input type="checkbox" name="onBoard" value="yes" ${form.onBoard === true && html`checked`}>
      <span>Show my first name on the public board. Without this I appear under a made-up name.</span></label>
    <button class="button" type="submit">Join</button>
  </form>
  <p class="aside">Already with us? <a href="/sign-in">Sign in</a></p>
</section>`,
});

/** Sign-in. */
export const signInPage = (form: Form): Page => ({
  title: 'Sign in',
  main: html`
<section class="door">
  <h1>Sign in</h1>
  <p>This demonstration asks for no password. Please do not copy that part.</p>
  <form method="post" action="/sign-in">
    ${carried(form.hidden)}
    ${field(form, 'email', 'E-mail', email)}
    <button class="button" type="submit">Sign in</button>
  </form>
  <p class="aside">New here? <a href="/join">Join</a></p>
</section>`,
});
