import { randomUUID } from 'node:crypto';
import { html } from '../html.ts';
import { type Product, priceOf } from '../shop/products.ts';
import type { Purchase } from '../shop/purchases.ts';
import type { Page } from '../visit.ts';

/** The last page before buying. Its purchase has its id already, so sending the form twice buys once. */
export const checkoutPage = ({ slug, name, priceMinor, picture }: Product, refused?: string): Page => ({
  title: 'Checkout',
  main: html`
<section class="receipt">
  <h1>Checkout</h1>
  <div class="line ${slug}">
    <img src="${picture}" alt="" width="96" height="84">
    <p><b>${name}</b><br>Ships in two days</p>
    <p class="price">${priceOf(priceMinor)}</p>
  </div>
  <p class="total"><span>Total, with postage</span><span class="price">${priceOf(priceMinor)}</span></p>
  <form method="post" action="/purchases">
    <input type="hidden" name="id" value="${randomUUID()}">
    <input type="hidden" name="product" value="${slug}">
    <div class="field">
      <label for="code">Coupon, or a friend’s code (if you have one)</label>
      <input id="code" name="code" value="${refused ?? ''}" maxlength="40" autocomplete="off" spellcheck="false" ${refused !== undefined && html`aria-invalid="true" aria-describedby="code-problem" autofocus`}>
      ${refused !== undefined && html`<p class="problem" id="code-problem">This code is not known, was used already, or is your own. Nothing was bought.</p>`}
    </div>
    <button class="button wide" type="submit">Buy now</button>
    <button class="button quiet wide" type="submit" name="by" value="card">Pay by card</button>
  </form>
  <p class="aside">No card is asked for: this is a demonstration. “Buy now” tells Laurel in the shop’s own transaction; “Pay by
  card” lets Stripe’s webhook tell it, in the form Stripe documents.</p>
</section>`,
});

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

/** A purchase, and the way to give it back. */
export const purchasePage = (purchase: Purchase, { name, slug, picture }: Product): Page => ({
  title: `Your ${name}`,
  main: html`
<section class="receipt">
  <h1>${purchase.refundedAt ? `Your ${name} is on its way back` : `The ${name} is yours`}</h1>
  <div class="line ${slug}">
    <img src="${picture}" alt="" width="96" height="84">
    <p><b>${name}</b><br>Bought on ${date.format(purchase.createdAt)}</p>
    <p class="price">${priceOf(purchase.priceMinor)}</p>
  </div>
  ${
    purchase.refundedAt
      ? html`<p class="note" role="status">${priceOf(purchase.priceMinor)} were returned on ${date.format(purchase.refundedAt)}. The points it had earned were taken back, too.</p>`
      : html`<p class="note" role="status">Thank you. If a friend sent you, they have just earned five points.</p>
  <form method="post" action="/purchases/${purchase.id}/refund">
    <button class="button quiet" type="submit">Return it</button>
  </form>`
  }
  <p class="aside"><a href="/account">Your account</a></p>
</section>`,
});
