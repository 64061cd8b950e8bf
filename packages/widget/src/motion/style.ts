import { css } from '../styles/css.ts';

/** Small changes that take their time, and the button that offers the changes above rows that stay. */
export const style: string = css`
.pill { position: sticky; inset-block-start: 0.5em; z-index: 1; align-self: center; block-size: 0; }
.up { color: color-mix(in oklab, oklch(0.6 0.16 150) 50%, var(--ink)); }
.down { color: color-mix(in oklab, oklch(0.6 0.18 35) 50%, var(--ink)); }
.pill > .button { padding-block: 0.3em; border-radius: 2em; font-size: 0.875em; box-shadow: 0 0.25em 1em rgb(0 0 0 / 0.22); }
@media (prefers-reduced-motion: no-preference) {
  .button, .tab, .target { transition: background-color 120ms, scale 120ms; }
  .button:active { scale: 0.98; }
  .swap > span { transition: opacity 120ms; }
  .bar > i { transition: inline-size 400ms ease-out; }
  .stage[aria-busy='true'] table { transition: opacity 150ms 150ms; }
  .pill > .button { animation: arrive 180ms ease-out; }
}
@keyframes arrive { from { opacity: 0; translate: 0 -0.4em; } }
@media (forced-colors: active) { .pill > .button { box-shadow: none; } }
`;
