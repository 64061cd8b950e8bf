import { css } from './css.ts';

/** Forms, in the files that have any. */
export const form: string = css`
.laurel { --wrong: color-mix(in oklab, oklch(0.58 0.2 27) 70%, var(--ink)); }
.form { display: grid; gap: 0.4em; align-content: start; }
.form > label, .form > .label { font-weight: 600; }
.pair { display: flex; flex-wrap: wrap; gap: 0.5em; }
.pair > input { flex: 1 1 9em; inline-size: auto; min-inline-size: 0; }
.input { inline-size: 100%; padding: 0.6em 0.75em; border: 1px solid color-mix(in oklch, var(--ink) 55%, transparent); border-radius: var(--inner); background: var(--surface); line-height: 1.35; font: inherit; color: inherit; }
textarea.input { resize: vertical; min-block-size: 5.5em; }
.input[aria-invalid='true'] { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong); }
.wrong { color: var(--wrong); }
.wrong:empty { display: none; }
.button[aria-disabled='true'] { opacity: 0.65; cursor: progress; }
@media (pointer: coarse) { .input { min-block-size: 44px; } }
`;
