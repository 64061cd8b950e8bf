import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';

/** Contests. */
export const style: string =
  form +
  css`
.contest { --good: var(--accent); }
.about, .winnings, .half { display: grid; gap: 0.6em; align-content: start; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.contest .sub { font-size: 1em; font-weight: 650; line-height: 1.3; }
.contest a { color: var(--accent-ink); }
.contest a.button { color: var(--ink); }
.contest a.primary { color: var(--on-accent); }
.contest .clock > .dot { margin-inline-end: 0.1em; }
.prose { white-space: pre-line; overflow-wrap: anywhere; }
.strong { font-weight: 600; }
.prizes { display: grid; gap: 0.6em; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13em), 1fr)); }
.prize { position: relative; display: grid; gap: 0.3em; align-content: start; min-inline-size: 0; padding: 0.8em 1em; border-radius: var(--inner); background: var(--tint); overflow-wrap: anywhere; }
.prize::before { content: ''; position: absolute; inset-block: 0.8em; inset-inline-start: 0; inline-size: 0.2em; border-radius: 1em; background: var(--accent); }
.gift { font-weight: 650; font-size: 1.0625em; line-height: 1.3; text-align: -webkit-match-parent; text-align: match-parent; }
.contest .meter { appearance: none; inline-size: 100%; block-size: 0.5em; border: 0; border-radius: 1em; overflow: hidden; background: linear-gradient(var(--accent) 0 0) 0 0 / var(--done) 100% no-repeat var(--hover); }
.contest .meter:dir(rtl) { background-position-x: 100%; }
.contest .meter::-webkit-progress-bar, .contest .meter::-webkit-progress-value { background: none; }
.contest .meter::-moz-progress-bar { background: none; }
.standing { align-items: baseline; }
.panel { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6em; align-content: start; padding: 0.9em 1em; border: 1px solid var(--line); border-radius: var(--inner); overflow-wrap: anywhere; }
.panel > .button, .way > .button { justify-self: start; }
.line { grid-template-columns: auto minmax(0, 1fr); align-items: center; column-gap: 1em; }
.line > .copying { grid-column: 1 / -1; }
.figure { font-size: 2em; font-weight: 700; line-height: 1.1; color: var(--accent-ink); }
.copying > .field { flex: 1 1 10em; }
.copying > .button { flex: none; }
.agree { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.65em; align-items: start; }
.agree > input { inline-size: 1.25em; block-size: 1.25em; margin-block-start: 0.1em; accent-color: var(--accent); }
.agree label { cursor: pointer; }
.joins > select { max-inline-size: 24em; }
.joins > .button { justify-self: start; margin-block-start: 0.2em; }
select.input { cursor: pointer; }
select.input > option { color: CanvasText; background: Canvas; }
button.textual { padding: 0 0.2em; min-block-size: 24px; border: 0; background: none; color: var(--accent-ink); font: inherit; text-decoration: underline; cursor: pointer; }
button.textual.small { font-size: 0.8125em; }
.outcome { padding: 0.7em 0.9em; border-radius: var(--inner); background: var(--faint); font-weight: 600; }
.outcome .muted { font-weight: 400; }
.lucky { background: var(--tint); color: var(--accent-ink); }
.halves { display: grid; gap: var(--gap); grid-template-columns: minmax(0, 1fr); align-items: start; }
.halves:empty { display: none; }
.halves > * + * { padding-block-start: var(--gap); border-block-start: 1px solid var(--line); }
.sources { inline-size: 100%; border-spacing: 0; line-height: 1.35; }
.contest .sources tr > * { block-size: auto; padding: 0.5em 0; border-block-end: 1px solid var(--line); vertical-align: top; }
.contest .sources tr > :last-child { padding-inline-start: 1em; white-space: nowrap; text-align: end; }
.sources th { inline-size: 100%; text-align: start; overflow-wrap: anywhere; }
.contest .sources tfoot > tr > * { border: 0; font-weight: 600; }
.contest .foot { padding-block-start: 0.8em; }
.saved:empty { display: none; }
@container (min-width: 44em) {
  .halves { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); column-gap: calc(var(--gap) * 2); }
  .halves > .half { grid-column: 2; }
  .halves > .half:first-child, .halves > .wide { grid-column: 1 / -1; }
  .halves > .todos { grid-row: 1 / span 4; grid-column: 1; }
  .halves > .todos + .half { padding-block-start: 0; border-block-start: 0; }
}
@media (pointer: coarse) { .agree > input { inline-size: 1.75em; block-size: 1.75em; } .agree { min-block-size: 44px; } .textual { min-block-size: 44px; } }
@media (forced-colors: active) { .prize, .panel, .outcome { border: 1px solid; } .prize::before { background: Highlight; forced-color-adjust: none; } }
`;
