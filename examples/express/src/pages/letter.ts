import { type Html, html } from '../html.ts';
import { letterProgram } from '../laurel.ts';
import type { Letter } from '../shop/mailbox.ts';
import type { Page } from '../visit.ts';

/** The letter: who wants it leaves an address, confirms it, and has a link of their own. No account is needed. */
export const letterPage: Page = {
  title: 'The wind letter',
  widget: true,
  main: html`
<section class="split">
  <div class="words">
    <h1>The wind letter</h1>
    <p class="lead">Where it blows this week, and what to fly there. Fridays, one page.</p>
    <laurel-invitation program="${letterProgram}"></laurel-invitation>
    <ol class="steps">
      <li><b>Leave your address.</b> Nothing is sent before you confirm it.</li>
      <li><b>Confirm it</b> by the message. In this demonstration it lies in the <a href="/mailbox">mailbox</a>.</li>
      <li><b>Share your link.</b> For each reader who confirms you get 5 % off, up to four times a month.</li>
    </ol>
    <p class="muted">This week’s word, for the <a href="/draw">Hilltop draw</a>: <b>thermal</b>.</p>
  </div>
  <laurel-referral program="${letterProgram}" class="panel"></laurel-referral>
</section>`,
};

const address = /https?:\/\/\S+/g;

/** A message's text with its addresses to be followed. */
function linked(text: string): Html[] {
  const found = [...text.matchAll(address)];
  const between = text.split(address);
  return between.map((piece, index) => {
    const link = found[index]?.[0];
    return html`${piece}${link !== undefined && html`<a href="${link}">${link}</a>`}`;
  });
}

/** What the shop would have sent. */
export const mailboxPage = (letters: readonly Letter[]): Page => ({
  title: 'Mailbox',
  main: html`
<section class="account">
  <div class="heading"><div>
    <h1>Mailbox</h1>
    <p class="muted">Messages that a real shop would send lie here instead, the latest first. No mail leaves this machine.</p>
  </div></div>
  ${letters.length === 0 && html`<p class="muted">Nothing yet. Ask for <a href="/letter">the wind letter</a>.</p>`}
  ${letters.map(
    ({ to, subject, text }) => html`
  <article class="panel message">
    <h2>${subject}</h2>
    <p class="muted">To <bdi>${to}</bdi></p>
    <p class="letter">${linked(text)}</p>
  </article>`,
  )}
</section>`,
});
