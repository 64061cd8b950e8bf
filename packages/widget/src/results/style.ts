import { css } from '../styles/css.ts';

/** Results of a contest, and their check. */
export const style: string = css`
.results { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.8em; align-content: start; }
.prized { background: var(--tint); border-color: transparent; }
.prized b { font-size: 1.0625em; color: var(--accent-ink); }
.panel:focus { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
.panel .form > .button { justify-self: start; margin-block-start: 0.4em; }
.winners { inline-size: 100%; border-spacing: 0; line-height: 1.3; table-layout: fixed; }
.winners thead th { block-size: 2.2em; }
.winners td, .winners th { block-size: auto; min-block-size: 3em; padding: 0.55em 0.5em; border-block-end: 1px solid var(--line); vertical-align: top; text-align: start; }
.winners tr > :first-child { inline-size: 3.6em; }
.winners tr > :last-child { inline-size: 44%; text-align: end; padding-inline-end: 0.5em; overflow-wrap: break-word; }
.winners tbody th { font-weight: 600; }
.winners .rank { line-height: 1.6; }
.winners .named { flex-wrap: wrap; gap: 0 0.5em; }
.winners .name { max-inline-size: 100%; white-space: normal; overflow-wrap: break-word; }
.winners .named + .small { display: block; font-weight: 400; }
.winners .gone { color: var(--muted); }
.winners .gone .muted { color: inherit; }
.winners .gone .name { text-decoration: line-through; }
.winners .own > * { background: var(--tint); }
.check { display: flex; flex-wrap: wrap; gap: 0.4em 0.9em; align-items: center; }
@container (max-width: 22em) { .winners td, .winners th { padding-inline: 0.3em; } .winners tr > :first-child { inline-size: 3em; } .winners tr > :last-child { inline-size: 40%; } }
@media (forced-colors: active) { .winners .own > * { border: solid Highlight; border-width: 2px 0; } }
.proofs > ol { display: grid; }
.proof { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.2em 0.75em; padding-block: 0.7em; border-block-start: 1px solid var(--line); }
.proof .mark { display: grid; place-items: center; inline-size: 1.6em; block-size: 1.6em; border-radius: 50%; border: 1.5px solid var(--line); color: var(--muted); }
.proof .mark > svg { inline-size: 1em; stroke-width: 2.25; }
.proof h3, .proof h4, .proof h5, .proof h6 { font-size: 1em; }
.proof.passed .mark { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.proof.failed .mark { border-color: var(--wrong); color: var(--wrong); }
.verdict { color: var(--muted); font-weight: 600; }
.passed .verdict { color: var(--accent-ink); }
.failed .verdict { color: var(--wrong); }
.found { display: grid; gap: 0.2em; margin-block-start: 0.35em; overflow-wrap: anywhere; }
.found code { font-family: ui-monospace, monospace; font-size: 0.9em; line-height: 1.3; color: var(--muted); word-break: break-all; unicode-bidi: isolate; }
.sum-up { padding: 0.7em 0.9em; border-radius: var(--inner); font-weight: 600; }
.sum-up.good { background: var(--tint); color: var(--accent-ink); }
.sum-up.bad { border: 1px solid var(--wrong); color: var(--wrong); }
.files { line-height: 1.7; }
@media (forced-colors: active) { .sum-up { border: 1px solid; } .proof.passed .mark { background: Highlight; color: HighlightText; forced-color-adjust: none; } }
`;
