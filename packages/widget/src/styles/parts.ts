import { css } from './css.ts';

/** Reset, headings, focus, buttons, avatars: what more than one view uses. */
export const parts = css`
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, table, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
table { font: inherit; color: inherit; text-align: inherit; white-space: inherit; }
button, input, summary { font: inherit; color: inherit; letter-spacing: inherit; }
svg { display: block; inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
p, li, dt, b, span, summary, button, a { unicode-bidi: plaintext; }
p, li, dt { text-align: -webkit-match-parent; text-align: match-parent; }
.title { font-size: 1.25em; font-weight: 650; line-height: 1.25; letter-spacing: -0.012em; text-wrap: balance; }
.muted { color: var(--muted); }
.small { font-size: 0.875em; line-height: 1.45; }
.numbers { font-variant-numeric: tabular-nums; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
a { color: var(--accent-ink); text-underline-offset: 0.2em; }
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 0.5em;
  min-block-size: 2.75em; padding: 0.5em 1.1em;
  border: 1px solid var(--line); border-radius: var(--inner);
  background: var(--faint);
  font-weight: 600; line-height: 1.2; text-align: center; text-decoration: none; color: var(--ink);
  cursor: pointer; transition: background-color 120ms, border-color 120ms, scale 120ms;
}
.button:hover { background: var(--hover); }
.button:active { scale: 0.98; }
.primary { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.primary:hover { background: color-mix(in oklch, var(--accent) 88%, var(--on-accent)); }
.swap { display: inline-grid; }
.swap > span { grid-area: 1 / 1; display: inline-flex; align-items: center; justify-content: center; gap: 0.5em; transition: opacity 120ms; }
.swap > [aria-hidden='true'] { opacity: 0; }
.avatar {
  --hue: 160;
  position: relative; flex: none; display: grid; place-items: center; inline-size: 2.25em; block-size: 2.25em;
  border-radius: 50%; overflow: hidden; font-size: 0.8125em; font-weight: 650; line-height: 1; letter-spacing: 0.01em;
  background: color-mix(in oklch, oklch(0.68 0.13 var(--hue)) 26%, transparent);
  color: color-mix(in oklab, oklch(0.6 0.13 var(--hue)) 30%, var(--ink));
}
.avatar > img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
.note { display: flex; gap: 0.6em; align-items: baseline; padding: 0.6em 0.85em; border-radius: var(--inner); background: var(--faint); font-size: 0.875em; line-height: 1.4; }
.note::before { content: ''; flex: none; inline-size: 0.5em; block-size: 0.5em; border-radius: 50%; background: var(--bad); translate: 0 -0.05em; }
@container (max-width: 22em) {
  .title { font-size: 1.15em; }
}
@media (forced-colors: active) {
  :focus-visible { outline-color: Highlight; }
}
@media (pointer: coarse) { .button, .tab, summary { min-block-size: 44px; } }
@media (prefers-reduced-motion: reduce) {
  .button, .swap > span { transition: none; }
  .button:active { scale: none; }
}
@media (forced-colors: active) {
  .button, .avatar, .note { border: 1px solid ButtonText; }
  .primary { border-width: 2px; border-color: ButtonText; }
}
`;
