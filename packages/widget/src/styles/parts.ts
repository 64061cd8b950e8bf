import { css } from './css.ts';

/** Reset, card, skeleton, text, buttons: what both elements use. */
export const parts: string = css`
*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; }
ul, ol { list-style: none; }
table, button, input { font: inherit; color: inherit; }
p, li, dt, b, span, summary, button, a { unicode-bidi: plaintext; }
p, li, dt { text-align: -webkit-match-parent; text-align: match-parent; }
:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
svg { inline-size: 1.25em; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.card { display: flex; flex-direction: column; gap: var(--gap); min-inline-size: 0; padding: var(--gap); background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); }
.said { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.title { font-size: 1.25em; font-weight: 650; line-height: 1.25; text-wrap: balance; }
.muted { color: var(--muted); font-weight: 400; }
.small { font-size: 0.8125em; line-height: 1.45; }
.numbers { font-variant-numeric: tabular-nums; }
.button, .field, .place, .note { padding: 0.6em 0.9em; border: 1px solid transparent; border-radius: var(--inner); line-height: 1.35; }
.button, .swap > span { display: inline-flex; align-items: center; justify-content: center; gap: 0.5em; }
.button { border-color: var(--line); background: var(--faint); color: var(--ink); text-align: center; text-decoration: none; cursor: pointer; }
.button:hover { background: var(--hover); }
.primary { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.primary:hover { background: color-mix(in oklch, var(--accent) 88%, var(--under-accent)); }
.swap { display: inline-grid; }
.swap > span { grid-area: 1 / 1; }
.swap > [aria-hidden='true'] { opacity: 0; }
.button, .place, .badge, .rank, .score, .avatar, dd { font-weight: 600; }
.place, .field { background: var(--tint); }
.bar { display: block; border-radius: 1em; overflow: hidden; }
.bar > i { display: block; block-size: 0.1875em; min-inline-size: 0.1875em; border-radius: inherit; background: var(--bar, var(--accent)); }
.bones { min-block-size: calc(var(--rows, 3) * 3.25em + 18.4em); animation: late 0s 3s forwards; }
.bones::before, .bones::after { content: ''; block-size: 1.6em; inline-size: 60%; background: var(--hover); }
.bones::after { flex: 1; inline-size: auto; background: linear-gradient(var(--hover) 1.2em, transparent 0) 0 0 / 100% 3.25em; }
.card.invitation, .invited { min-block-size: 6.5em; }
.bones.invitation { gap: 0.5em; padding-block: 0.9em; }
@container (min-width: 36em) { .card.invitation, .invited { min-block-size: 5em; } }
@container (max-width: 22em) { .card.invitation, .invited { min-block-size: 8em; } }
@keyframes late { to { visibility: hidden; } }
@container (max-width: 22em) { .card { --gap: var(--laurel-gap, 1em); } .bones { min-block-size: calc(var(--rows, 3) * 3.25em + 19.6em); } }
@media (pointer: coarse) { .button, .print, summary { min-block-size: 44px; } }
@media (forced-colors: active) {
  .button, .avatar, .note, .place, .field, .clock, .badge, .bar { border: 1px solid; }
  .bar > i, .on { background: Highlight; forced-color-adjust: none; }
  .mine > * { border: solid Highlight; border-width: 2px 0; }
}
`;
