import { html } from '../html.ts';
import { program } from '../laurel.ts';
import type { Payment } from '../shop/payments.ts';
import { priceOf } from '../shop/products.ts';
import type { Page } from '../visit.ts';

/** Behind the counter: what looks odd, and what is to be paid. */
export const staffPage = (payments: readonly Payment[]): Page => ({
  title: 'Behind the counter',
  widget: true,
  main: html`
<script src="/staff.js" defer></script>
<section class="account">
  <div class="heading"><div>
    <h1>Behind the counter</h1>
    <p class="muted">In a real shop this page is for its staff alone. The people here are made up.</p>
  </div></div>
  <laurel-review program="${program}" class="panel"></laurel-review>
  <section aria-labelledby="payments">
    <h2 id="payments">Paid to referrers</h2>
    ${
      payments.length > 0
        ? html`<ul class="rows">${payments.map(({ name, minor }) => html`<li><bdi>${name}</bdi><span>${priceOf(minor)}</span></li>`)}</ul>`
        : html`<p class="muted">Nothing yet. Money is approved 14 days after a friend’s first kite, unless it came back.</p>`
    }
    <form method="post" action="/staff/payouts"><button class="button quiet small" type="submit">Pay what is approved</button></form>
  </section>
</section>`,
});
