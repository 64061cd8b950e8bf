import { type Html, html } from '../html.ts';
import { program } from '../laurel.ts';
import type { Account } from '../shop/accounts.ts';
import { findProduct, priceOf } from '../shop/products.ts';
import type { Purchase } from '../shop/purchases.ts';
import type { Page } from '../visit.ts';

/** The account page with the referral card. */
export const accountPage = ({ name, email, onBoard }: Account, purchases: readonly Purchase[]): Page => ({
  title: 'Your account',
  widget: true,
  main: html`
<section class="account">
  <div class="heading">
    <div>
      <h1>Hello, <bdi>${name}</bdi></h1>
      <p class="muted">${email}</p>
    </div>
    <form method="post" action="/sign-out"><button class="button quiet small" type="submit">Sign out</button></form>
  </div>
  <laurel-referral program="${program}" class="panel"></laurel-referral>
  <div class="columns">
    <section aria-labelledby="purchases">
      <h2 id="purchases">Your kites</h2>
      ${purchases.length > 0 ? html`<ul class="rows">${purchases.map(row)}</ul>` : html`<p class="muted">None yet. <a href="/#kites">Choose one</a></p>`}
    </section>
    <section aria-labelledby="board">
      <h2 id="board">On the board</h2>
      <p>${onBoard ? 'Everybody sees your first name.' : 'You appear under a made-up name.'}
      <a href="/contest">Spring Rally standings</a></p>
      <form method="post" action="/account/board">
        <input type="hidden" name="onBoard" value="${onBoard ? 'no' : 'yes'}">
        <button class="button quiet small" type="submit">${onBoard ? 'Use a made-up name' : 'Show my first name'}</button>
      </form>
    </section>
  </div>
</section>`,
});

const row = ({ id, product, priceMinor, refundedAt }: Purchase): Html => html`
<li><a href="/purchases/${id}">${findProduct(product)?.name ?? product}</a><span>${refundedAt ? 'returned' : priceOf(priceMinor)}</span></li>`;
