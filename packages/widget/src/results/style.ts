import { css } from '../styles/css.ts';

/** Results of a contest. */
export const style: string = css`
.results { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.8em; align-content: start; }
.prized { background: var(--tint); border-color: transparent; }
.prized b { font-size: 1.0625em; color: var(--accent-ink); }
.panel:focus { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
.panel .form > .button { justify-self: start; }
.winners { inline-size: 100%; border-spacing: 0; line-height: 1.3; }
.winners thead th { block-size: 2.2em; }
.winners td, .winners th { block-size: auto; min-block-size: 3em; padding: 0.55em 0.5em; border-block-end: 1px solid var(--line); vertical-align: top; text-align: start; }
.winners tr > :last-child { text-align: end; padding-inline-end: 0.5em; overflow-wrap: anywhere; max-inline-size: 14em; }
.winners tbody th { inline-size: 60%; max-inline-size: 0; font-weight: 600; }
.winners .rank { line-height: 1.6; }
.winners .name { white-space: normal; overflow-wrap: anywhere; }
.winners .named + .small { display: block; font-weight: 400; }
.winners .gone { color: var(--muted); }
.winners .gone .name { text-decoration: line-through; }
.winners .own > * { background: var(--tint); }
.check { display: flex; flex-wrap: wrap; gap: 0.4em 0.9em; align-items: center; }
@container (max-width: 22em) { .winners td, .winners th { padding-inline: 0.3em; } }
@media (forced-colors: active) { .winners .own > * { border: solid Highlight; border-width: 2px 0; } }
`;
