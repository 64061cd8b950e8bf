import { css } from '../styles/css.ts';

/** The progress element. */
export const style: string = css`
.progress .button { overflow-wrap: break-word; }
.progress .about { display: grid; gap: 0.3em; min-inline-size: 0; align-content: center; }
.how { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1.25em; align-items: center; }
.dial { position: relative; display: grid; place-items: center; inline-size: 6em; block-size: 6em; }
.dial > .ring { grid-area: 1 / 1; }
.dial > .inside { grid-area: 1 / 1; font-weight: 700; font-size: 1.375em; letter-spacing: -0.01em; }
.finished .dial > .inside { display: grid; place-items: center; inline-size: 1.75em; block-size: 1.75em; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.finished .dial > .inside > svg { inline-size: 1em; stroke-width: 2.5; }
.finished .dial > .ring { visibility: hidden; }
.dial .wreath { position: absolute; inset: -0.1em; }
.dial .wreath > svg { inline-size: 100%; block-size: 100%; fill: var(--accent-ink); stroke: none; }
.nextup { display: flex; flex-wrap: wrap; gap: 0.75em 1em; align-items: center; justify-content: space-between; padding: 0.9em 1em; border-radius: var(--inner); background: var(--tint); }
.nextup > .which { flex: 1 1 12em; min-inline-size: 0; display: grid; gap: 0.1em; }
.nextup > .button { flex: none; }
.progress .contents { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.4em; }
.progress .outline { margin-inline: -0.6em; }
.streak { display: flex; flex-wrap: wrap; gap: 1em 2em; justify-content: space-between; align-items: start; padding-block-start: var(--gap); border-block-start: 1px solid var(--line); }
.streak > .run { flex: 1 1 14em; min-inline-size: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.9em; align-items: start; }
.streak .words { display: grid; gap: 0.25em; }
.streak .days { display: flex; align-items: center; gap: 0.3em; padding: 0.35em 0.7em; border-radius: 2em; background: var(--faint); color: var(--muted); }
.streak .lit { background: color-mix(in oklch, oklch(0.75 0.16 62) 24%, transparent); color: color-mix(in oklab, oklch(0.62 0.17 52) 45%, var(--ink)); }
.streak .days > b { font-size: 1.125em; }
.streak .sub, .weeks figcaption { unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent; }
.weeks { flex: 0 1 11.5em; display: grid; gap: 0.5em; min-inline-size: 10em; }
.weeks .grid { display: grid; grid-template-columns: repeat(7, 1.15em); gap: 0.28em; }
.weeks .weekday { color: var(--muted); font-size: 0.6875em; text-align: center; line-height: 1.3; inline-size: 1.67em; }
.day { display: block; inline-size: 1.15em; block-size: 1.15em; border-radius: 0.28em; background: var(--hover); }
.day.learnt { background: var(--accent); }
.day.frozen { background: repeating-linear-gradient(-45deg, var(--accent) 0 0.14em, transparent 0 0.3em); box-shadow: inset 0 0 0 1px var(--accent); }
.day.skipped { background: none; box-shadow: inset 0 0 0 1px var(--line); }
.day.later { background: none; }
.weeks figcaption { display: flex; flex-wrap: wrap; gap: 0.1em 0.6em; }
.weeks .legend { display: inline-flex; align-items: center; gap: 0.35em; }
.weeks .legend > .day { inline-size: 0.8em; block-size: 0.8em; border-radius: 0.2em; flex: none; }
.group { padding-block-start: 0.6em; border-block-start: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5em; }
.group > [hidden] { display: none; }
.fold { display: flex; align-items: center; gap: 0.6em; inline-size: 100%; padding: 0.4em 0; border: 0; background: none; color: inherit; font: inherit; font-weight: 600; text-align: start; cursor: pointer; }
.fold::before { content: ''; flex: none; inline-size: 0.45em; block-size: 0.45em; border: solid; border-width: 0 2px 2px 0; transform: rotate(-45deg); opacity: 0.6; margin-inline: 0.2em; }
.fold:dir(rtl)::before { transform: rotate(135deg); }
.fold[aria-expanded='true']::before { transform: rotate(45deg); }
.others { inline-size: 100%; border-spacing: 0; line-height: 1.3; margin-block-start: 0.4em; }
.progress .others tr > * { block-size: 2.5em; padding: 0.2em 0.5em; border-block-start: 1px solid var(--line); }
.progress .others td:first-child { inline-size: 2.5em; text-align: end; white-space: nowrap; }
.others th { max-inline-size: 0; inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.others .far { white-space: nowrap; text-align: end; }
.others .far > .bar { display: inline-block; inline-size: 5em; margin-inline-end: 0.6em; background: var(--hover); vertical-align: 0.2em; }
.others .own > * { background: var(--tint); font-weight: 650; }
.progress .others .apart > td { block-size: 1.2em; text-align: center; color: var(--muted); }
.progress .tag { margin-inline-start: 0.5em; padding: 0.05em 0.55em; border-radius: 1em; background: var(--accent); color: var(--on-accent); }
@container (max-width: 24em) { .how { gap: 0.9em; } .dial { inline-size: 4.75em; block-size: 4.75em; } .dial > .inside { font-size: 1.125em; } .nextup > .button { flex: 1 0 100%; } .others .far > .bar { display: none; } }
@container (min-width: 46em) { .progress > .contents .outline { margin-inline: -0.6em; } }
@media (prefers-reduced-motion: no-preference) {
  .first .wreath > svg { animation: grow 0.7s ease-out; }
  .first .inside { animation: grow 0.5s ease-out; }
}
@keyframes grow { from { opacity: 0; transform: scale(0.82); } }
@media (pointer: coarse) { .fold { min-block-size: 44px; } }
@media (forced-colors: active) {
  .nextup, .day, .streak .days { border: 1px solid; }
  .day.learnt { background: Highlight; forced-color-adjust: none; }
  .day.frozen { border-style: double; border-width: 3px; }
  .day.later { border-color: GrayText; border-style: dotted; }
  .dial .wreath > svg { fill: Highlight; }
  .others .own > * { border-block: 2px solid Highlight; }
}
`;
