import { css } from './css.ts';

/** The referral card. */
export const card = css`
.invite { display: grid; gap: var(--gap); }
.head { display: grid; gap: 0.35em; }
.linkbox { display: grid; gap: 0.5em; grid-template-columns: 1fr; }
.field {
  inline-size: 100%; min-inline-size: 0; min-block-size: 2.75em; padding: 0.5em 0.9em; margin: 0;
  border: 1px dashed color-mix(in oklch, var(--accent) 55%, var(--ink)); border-radius: var(--inner);
  background: var(--tint); color: var(--ink); line-height: 1.2; text-overflow: ellipsis; direction: ltr;
}
.actions { display: flex; gap: 0.5em; }
.actions > .button { flex: 1 1 auto; }
.targets { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.4em; }
.target {
  display: flex; flex-direction: column; align-items: center; gap: 0.35em; inline-size: 100%; min-block-size: 44px; padding: 0.55em 0.25em 0.5em;
  border-radius: var(--inner); color: var(--muted); font-size: 0.8125em; line-height: 1.2; text-align: center; text-decoration: none;
  transition: background-color 120ms, color 120ms;
}
.target:hover { background: var(--hover); color: var(--ink); }
.target svg { inline-size: 1.5em; block-size: 1.5em; }
.funnel { display: grid; gap: 0.75em; align-content: start; padding-block-start: var(--gap); border-block-start: 1px solid var(--line); }
.stats { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.75em; }
.stat { display: flex; flex-direction: column-reverse; justify-content: flex-end; gap: 0.1em; }
.stat dt { color: var(--muted); font-size: 0.8125em; line-height: 1.25; }
.stat dd { font-size: 1.75em; font-weight: 650; line-height: 1.1; letter-spacing: -0.02em; }
.meter { display: flex; block-size: 0.3125em; margin-block-end: 0.5em; border-radius: 1em; background: var(--hover); overflow: hidden; }
.meter > i { border-radius: inherit; background: var(--accent); transition: inline-size 400ms ease-out; }
.purse { display: flex; align-items: center; gap: 0.6em; padding: 0.6em 0.85em; border-radius: var(--inner); background: var(--tint); font-weight: 600; line-height: 1.25; }
.purse svg { color: var(--accent-ink); }
.steps { display: grid; gap: 0.9em; counter-reset: step; }
.steps > li { display: flex; gap: 0.75em; align-items: center; counter-increment: step; line-height: 1.35; }
.steps > li::before {
  content: counter(step); flex: none; display: grid; place-items: center; inline-size: 2em; block-size: 2em; border-radius: 50%;
  background: var(--tint); color: var(--accent-ink); font-weight: 650; font-variant-numeric: tabular-nums;
}
.join { inline-size: 100%; }
@container (min-width: 26em) {
  .linkbox { grid-template-columns: 1fr auto; }
  .targets { grid-template-columns: repeat(6, minmax(0, 1fr)); }
}
@container (min-width: 44em) {
  .invite.two { grid-template-columns: minmax(0, 1.6fr) minmax(14em, 1fr); column-gap: calc(var(--gap) * 1.6); }
  .invite.two > .funnel { grid-column: 2; grid-row: 1 / span 3; padding-block-start: 0; border-block-start: 0; padding-inline-start: calc(var(--gap) * 1.6); border-inline-start: 1px solid var(--line); }
  .invite.stranger { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: center; column-gap: calc(var(--gap) * 2); }
  .invite.stranger > .steps { grid-column: 2; grid-row: 1 / span 2; }
}
@media (prefers-reduced-motion: reduce) { .meter > i, .target { transition: none; } }
@media (forced-colors: active) {
  .field, .purse { border: 1px solid ButtonText; }
  .meter { border: 1px solid CanvasText; }
  .meter > i { background: Highlight; forced-color-adjust: none; }
  .steps > li::before { border: 1px solid CanvasText; }
}
`;
