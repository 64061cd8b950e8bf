import { css } from './css.ts';

/** The leaderboard. */
export const board = css`
.top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5em 1em; }
.top > .title { flex: 1 1 9em; min-inline-size: 0; }
.clock { display: inline-flex; align-items: center; gap: 0.5em; min-block-size: 1.9em; padding-inline: 0.75em; border-radius: 2em; background: var(--faint); font-size: 0.875em; line-height: 1.25; color: var(--muted); white-space: nowrap; }
.dot { inline-size: 0.5em; block-size: 0.5em; border-radius: 50%; background: var(--line); }
.dot.on { background: var(--accent); }
.tabs { display: inline-flex; align-self: start; gap: 0.125em; padding: 0.2em; border-radius: calc(var(--inner) + 0.2em); background: var(--faint); }
.tab { min-block-size: 2em; padding: 0.25em 0.9em; border: 1px solid transparent; border-radius: var(--inner); background: none; color: var(--muted); font-size: 0.875em; font-weight: 600; line-height: 1.2; cursor: pointer; transition: background-color 120ms; }
.tab:hover { color: var(--ink); }
.tab[aria-selected='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
.stage { position: relative; display: flex; flex-direction: column; flex: 1 0 auto; }
.stage[aria-busy='true'] table { opacity: 0.55; transition: opacity 150ms 150ms; }
.rows { inline-size: 100%; border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; line-height: 1.3; }
.rows th { font-weight: inherit; text-align: start; }
.rows thead th { block-size: 2.25em; padding: 0 0.5em; color: var(--muted); font-size: 0.8125em; font-weight: 500; }
.rows td, .rows tbody th { block-size: 3.25em; padding: 0.35em 0.5em; }
.rows tbody tr { border-radius: var(--inner); outline-offset: -2px; }
.rows tr > :first-child { inline-size: 3.25em; border-start-start-radius: var(--inner); border-end-start-radius: var(--inner); }
.rows tr > :last-child { inline-size: 1%; padding-inline-end: 0.85em; text-align: end; white-space: nowrap; border-start-end-radius: var(--inner); border-end-end-radius: var(--inner); }
.rows .move { inline-size: 2.75em; padding-inline: 0; font-size: 0.8125em; color: var(--muted); white-space: nowrap; }
.move > span { display: inline-flex; align-items: center; gap: 0.2em; }
.move svg { inline-size: 0.75em; block-size: 0.75em; fill: currentcolor; stroke: none; }
.up { color: var(--good); }
.down { color: var(--bad); }
.rank { display: inline-grid; place-items: center; min-inline-size: 2.125em; block-size: 2.125em; padding-inline: 0.3em; border-radius: 2em; font-weight: 600; color: var(--muted); white-space: nowrap; }
.medal { color: var(--ink); background: color-mix(in oklch, var(--metal) 38%, transparent); box-shadow: inset 0 0 0 1px color-mix(in oklch, var(--metal) 75%, transparent); }
.m1 { --metal: var(--gold); }
.m2 { --metal: var(--silver); }
.m3 { --metal: var(--bronze); }
.who { display: flex; align-items: center; gap: 0.7em; min-inline-size: 0; }
.rows .person { inline-size: 100%; max-inline-size: 0; }
.label { flex: 1; min-inline-size: 0; display: grid; gap: 0.3em; }
.named { display: flex; align-items: center; gap: 0.5em; min-inline-size: 0; }
.name { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 500; line-height: 1.35; }
.rows tr:focus .name { white-space: normal; overflow-wrap: anywhere; }
.badge { flex: none; padding: 0.1em 0.55em; border-radius: 1em; background: var(--accent); color: var(--on-accent); font-size: 0.75em; font-weight: 650; line-height: 1.4; }
.bar { display: block; block-size: 0.1875em; min-inline-size: 0.1875em; border-radius: 1em; background: color-mix(in oklch, var(--ink) 20%, transparent); transition: inline-size 400ms ease-out; }
.m1 .bar, .m2 .bar, .m3 .bar { background: var(--metal); }
.score { font-weight: 600; }
.mine > * { background: var(--tint); }
.mine .name { font-weight: 650; }
.mine .rank { color: var(--ink); }
.mine .bar { background: var(--accent); }
.gap td { block-size: 2.25em; padding-block: 0; }
.gap span { display: flex; align-items: center; gap: 0.85em; color: var(--muted); font-size: 0.8125em; white-space: nowrap; }
.gap span::before, .gap span::after { content: ''; flex: 1; border-block-start: 2px dotted var(--line); }
.place { display: flex; flex-wrap: wrap; gap: 0.15em 0.75em; align-items: baseline; padding: 0.7em 0.85em; border-radius: var(--inner); background: var(--tint); line-height: 1.35; }
.place b { font-weight: 650; }
.room { flex: 1; display: grid; place-items: center; min-block-size: 0; margin-block-start: 0.35em; padding: 0.5em 1em; border: 1px dashed var(--line); border-radius: var(--inner); color: var(--muted); font-size: 0.875em; text-align: center; }
.calm { flex: 1; display: grid; place-content: center; justify-items: center; gap: 0.35em; min-block-size: 11em; padding: 1.5em 1em; text-align: center; text-wrap: balance; }
.calm > .wreath { inline-size: 5em; block-size: 5em; margin-block-end: 0.5em; color: var(--accent-ink); }
.calm > b { font-size: 1.125em; font-weight: 650; line-height: 1.3; }
.wreath { fill: currentcolor; stroke: none; }
.pill { position: sticky; inset-block-start: 0.5em; z-index: 1; align-self: center; block-size: 0; display: flex; align-items: start; }
.pill > .button { min-block-size: 2.25em; padding-block: 0.3em; border-radius: 2em; font-size: 0.875em; box-shadow: 0 0.25em 1em rgb(0 0 0 / 0.22); animation: arrive 180ms ease-out; }
@keyframes arrive { from { opacity: 0; translate: 0 -0.4em; } }
.more { align-self: center; }
.foot { display: grid; gap: 0.5em; padding-block-start: 0.8em; border-block-start: 1px solid var(--line); color: var(--muted); font-size: 0.8125em; line-height: 1.5; }
.facts { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.1em 1em; }
summary { display: inline-flex; align-items: center; min-block-size: 24px; cursor: pointer; border-radius: 0.25em; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 0.25em; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover { color: var(--ink); }
.rules { display: grid; gap: 0.3em; padding-block: 0.5em 0.25em; }
.podium { align-self: center; inline-size: 100%; max-inline-size: 36em; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); align-items: end; gap: 0.5em; padding-block: 0.5em 0.35em; }
.podium > li { display: grid; justify-items: center; gap: 0.2em; min-inline-size: 0; text-align: center; line-height: 1.25; }
.podium > :nth-child(1) { grid-area: 1 / 2; }
.podium > :nth-child(2) { grid-area: 1 / 1; }
.podium > :nth-child(3) { grid-area: 1 / 3; }
.podium .avatar { inline-size: 3em; block-size: 3em; font-size: 1em; }
.podium .m1 .avatar { inline-size: 3.5em; block-size: 3.5em; }
.crown { position: relative; display: grid; place-items: center; padding: 0.4em; }
.crown > .wreath { position: absolute; inset: -0.55em; inline-size: auto; block-size: auto; color: color-mix(in oklab, var(--metal) 85%, var(--ink)); }
.podium .name { max-inline-size: 100%; font-size: 0.9375em; }
.podium .named { max-inline-size: 100%; flex-wrap: wrap; justify-content: center; gap: 0.15em 0.4em; }
.step { inline-size: 100%; margin-block-start: 0.35em; padding-block: 0.4em; border-radius: var(--inner) var(--inner) 0.2em 0.2em; background: linear-gradient(color-mix(in oklch, var(--metal) 42%, transparent), color-mix(in oklch, var(--metal) 10%, transparent)); box-shadow: inset 0 1px color-mix(in oklch, var(--metal) 90%, transparent); font-weight: 650; font-size: 1.125em; }
.podium .m1 .step { padding-block: 0.55em 2em; }
.podium .m2 .step { padding-block: 0.5em 1.1em; }
.podium .m3 .step { padding-block: 0.45em 0.5em; }
@container (max-width: 30em) {
  .rows .move { inline-size: 2.1em; }
}
@container (max-width: 22em) {
  .rows td, .rows tbody th { padding-inline: 0.3em; }
  .rows tr > :first-child { inline-size: 2.5em; padding-inline-start: 0.15em; }
  .rows tr > :last-child { padding-inline-end: 0.5em; }
  .who { gap: 0.5em; }
}
@container (max-width: 17.5em) {
  .who > .avatar, .bar { display: none; }
  .rows td, .rows tbody th { block-size: 2.75em; }
}
@media (prefers-reduced-motion: reduce) { .bar, .tab, .stage table { transition: none; } .pill > .button { animation: none; } }
@media (forced-colors: active) {
  .bar { background: CanvasText; forced-color-adjust: none; }
  .mine .bar { background: Highlight; }
  .mine > * { border-block: 2px solid Highlight; }
  .tab[aria-selected='true'] { border-color: Highlight; color: Highlight; }
  .place, .clock, .step { border: 1px solid CanvasText; }
  .dot.on { background: CanvasText; forced-color-adjust: none; }
  .badge { border: 1px solid CanvasText; }
  .pill > .button { box-shadow: none; }
}
`;
