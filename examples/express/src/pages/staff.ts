import { type Html, html } from '../html.ts';
import { program } from '../laurel.ts';
import type { Heard } from '../shop/hooks.ts';
import type { OldListReport } from '../shop/old-list.ts';
import type { Payment } from '../shop/payments.ts';
import { priceOf } from '../shop/products.ts';
import type { Page } from '../visit.ts';

const reportOf = ({ state, people, referrals, refused }: OldListReport): Html => html`
<p role="status">${state === 'done' ? 'Brought in' : 'Would bring in'}: ${people} readers, ${referrals} of them invited by another.
  ${refused.length > 0 && html`Not taken:`}</p>
${refused.length > 0 && html`<ul class="rows">${refused.map(({ line, reason }) => html`<li><span>Line ${line}</span><span>${reason}</span></li>`)}</ul>`}`;

/** What lies on the counter. */
interface Counter {
  payments: readonly Payment[];
  heard: readonly Heard[];
  report?: OldListReport | null;
}

/** Behind the counter: what looks odd, what is to be paid, and who comes along from the product of before. */
export const staffPage = ({ payments, heard, report = null }: Counter): Page => ({
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
  <laurel-contest-editor program="${program}" class="panel"></laurel-contest-editor>
  <section aria-labelledby="payments">
    <h2 id="payments">Paid to referrers</h2>
    ${
      payments.length > 0
        ? html`<ul class="rows">${payments.map(({ name, minor }) => html`<li><bdi>${name}</bdi><span>${priceOf(minor)}</span></li>`)}</ul>`
        : html`<p class="muted">Nothing yet. The share of a purchase is approved at once, the thanks for a friend’s first kite 14 days after it, unless it came back.</p>`
    }
    <form method="post" action="/staff/payouts"><button class="button quiet small" type="submit">Pay what is approved</button></form>
  </section>
  <section aria-labelledby="heard">
    <h2 id="heard">Told to other systems</h2>
    ${
      heard.length > 0
        ? html`<ul class="rows">${heard.map(({ type, happenedAt }) => html`<li><code>${type}</code><time datetime="${happenedAt.toISOString()}">${happenedAt.toLocaleTimeString('en-GB')}</time></li>`)}</ul>`
        : html`<p class="muted">Nothing yet. What happens is told to the shop itself by a webhook, as to any other system, and stands here once its signature was checked.</p>`
    }
  </section>
  <section aria-labelledby="old-list">
    <h2 id="old-list">The letter’s readers of before</h2>
    <p class="muted">A list as another product gave it out: five lines, with codes whose links go on working.</p>
    ${report && reportOf(report)}
    <form method="post" action="/staff/old-list" class="pair">
      <button class="button quiet small" type="submit" name="what" value="check">See what would happen</button>
      <button class="button quiet small" type="submit" name="what" value="apply">Bring them in</button>
    </form>
  </section>
</section>`,
});
