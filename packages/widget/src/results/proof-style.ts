import { css } from '../styles/css.ts';

/** Checking a draw. */
export const style: string = css`
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
