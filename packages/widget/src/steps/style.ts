import { css } from '../styles/css.ts';

/** The steps of a contest. */
export const style: string = css`
.todos { display: grid; gap: 0.6em; align-content: start; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.todo { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; column-gap: 0.75em; }
.do { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; padding-block: 0.7em; border-block-start: 1px solid var(--line); border-radius: 2px; }
.do > .row { display: grid; grid-template-columns: subgrid; row-gap: 0.35em; align-items: center; }
.do > * { grid-column: 1 / -1; }
.do .mark { display: grid; place-items: center; inline-size: 1.6em; block-size: 1.6em; border: 1.5px solid color-mix(in oklch, var(--ink) 35%, transparent); border-radius: 50%; color: var(--muted); }
.do .mark > svg { inline-size: 1em; stroke-width: 2.25; }
.do.done .mark { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.do.locked .mark, .do.waiting .mark { border-style: dashed; }
.do.done .strong, .do.locked .strong { color: var(--muted); }
.task { min-inline-size: 0; overflow-wrap: anywhere; }
.task > bdi { display: block; text-align: -webkit-match-parent; text-align: match-parent; }
.gains { font-weight: 600; white-space: nowrap; text-align: end; color: var(--accent-ink); }
.do.done .gains, .do.locked .gains { color: var(--muted); }
.do .quiet { padding: 0.35em 0.8em; font-size: 0.875em; }
.do > .inside { margin-block-start: 0.7em; padding-inline-start: 2.35em; }
.do > .small { padding-inline-start: 2.9em; margin-block-start: 0.4em; }
.do .form > .button { justify-self: start; }
.do .pair > .button { flex: none; }
.choices { border: 0; min-inline-size: 0; display: grid; gap: 0.4em; }
.choices > legend { padding: 0; margin-block-end: 0.4em; }
.choice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.6em; align-items: center; padding: 0.5em 0.75em; border: 1px solid var(--line); border-radius: var(--inner); cursor: pointer; overflow-wrap: anywhere; }
.choice:hover { background: var(--faint); }
.choice:has(:checked) { border-color: var(--accent-ink); background: var(--tint); }
.choice > input { inline-size: 1.15em; block-size: 1.15em; accent-color: var(--accent); }
.vias { display: grid; gap: 0.4em; grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5em), 1fr)); }
.vias:empty { display: none; }
.via { inline-size: 100%; block-size: 100%; flex-wrap: wrap; font-size: 0.875em; padding: 0.5em; gap: 0.1em 0.5em; }
.counted { border-color: var(--accent-ink); background: var(--tint); }
@container (max-width: 24em) {
  .todo { grid-template-columns: auto minmax(0, 1fr) auto; }
  .do .quiet { grid-column: 2 / -1; justify-self: start; }
  .do > .inside, .do > .small { padding-inline-start: 0; }
}
@media (pointer: coarse) { .choice, .do .quiet { min-block-size: 44px; } }
@media (forced-colors: active) { .do .mark, .choice { border: 1px solid; } .do.done .mark { background: Highlight; color: HighlightText; forced-color-adjust: none; } .choice:has(:checked) { outline: 2px solid Highlight; } }
`;
