import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';

/** Joining an open programme. */
export const style: string =
  form +
  css`
.step { align-self: start; }
.step.form { gap: 0.35em; }
.step .input + .wrong + label, .agree { margin-block-start: 0.5em; }
.step label .muted { font-weight: 400; }
.agree { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.65em; align-items: start; }
.agree > input { inline-size: 1.25em; block-size: 1.25em; margin-block-start: 0.1em; accent-color: var(--accent); }
.agree label { white-space: pre-line; overflow-wrap: anywhere; cursor: pointer; }
.agree > input[aria-invalid='true'] { outline: 2px solid var(--wrong); outline-offset: 1px; }
.step > .note, .step > .primary { margin-block-start: 0.6em; }
.step > .quiet { justify-self: start; margin-block-start: 0.5em; }
.sent { padding: 1em; border-radius: var(--inner); background: var(--tint); overflow-wrap: anywhere; }
.step a { color: var(--accent-ink); }
@media (pointer: coarse) { .agree > input { inline-size: 1.75em; block-size: 1.75em; } .agree { min-block-size: 44px; } }
@media (forced-colors: active) { .sent { border: 1px solid; } }
`;
