import { type Html, html } from '../html.ts';
import { program } from '../laurel.ts';
import { type Product, priceOf, products } from '../shop/products.ts';
import type { Page } from '../visit.ts';

interface Landing {
  /** Came by a friend's link. */
  invited: boolean;
  member: boolean;
  joinUrl: string;
}

/** The landing page. */
export const shelfPage = ({ invited, member, joinUrl }: Landing): Page => ({
  title: 'Kites sewn by hand',
  widget: true,
  main: html`
${invited && html`<laurel-invitation program="${program}" class="banner"></laurel-invitation>`}
<section class="hero">
  <div class="words">
    ${invited && html`<p class="flag">A friend sent you. Join, and it counts for them.</p>`}
    <h1>Something to hold on to when the wind picks up</h1>
    <p class="lead">Kites cut, sewn and flown by two people on a hill. One for a breath of air, one for a breeze, one
    for a blow.</p>
    <p class="actions">
      ${invited && !member ? html`<a class="button" href="${joinUrl}">Join Lark &amp; Line</a>` : html`<a class="button" href="#kites">See the kites</a>`}
      <a class="button quiet" href="/contest">Spring Rally standings</a>
    </p>
  </div>
  <img class="sky" src="/hill.svg" alt="Three kites over a green hill." width="1440" height="620">
</section>
<section class="shelf" id="kites" aria-labelledby="kites-title">
  <h2 id="kites-title">This year’s three</h2>
  <ul class="products">${products.map(card)}</ul>
</section>
<section class="rally">
  <div>
    <h2>Bring a friend to the hill</h2>
    <p>Every member has a link of their own. Each friend who joins by it is a point in the Spring Rally, and each kite
    they buy is five more.</p>
  </div>
  <a class="button" href="${member ? '/account' : joinUrl}">Get your link</a>
</section>`,
});

const card = ({ slug, name, line, priceMinor, picture, pictured }: Product): Html => html`
<li class="product ${slug}">
  <img src="${picture}" alt="${pictured}" width="480" height="420" loading="lazy">
  <div class="label">
    <h3><a href="/products/${slug}">${name}</a></h3>
    <p>${line}</p>
    <p class="price">${priceOf(priceMinor)}</p>
  </div>
</li>`;

/** One kite. */
export const productPage = ({ slug, name, line, story, facts, priceMinor, picture, pictured }: Product): Page => ({
  title: name,
  main: html`
<article class="single ${slug}">
  <img src="${picture}" alt="${pictured}" width="480" height="420">
  <div class="words">
    <h1>${name}</h1>
    <p class="lead">${line}</p>
    <p>${story}</p>
    <dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
    <p class="buy"><span class="price">${priceOf(priceMinor)}</span><a class="button" href="/checkout/${slug}">Buy the ${name}</a></p>
  </div>
</article>`,
});
