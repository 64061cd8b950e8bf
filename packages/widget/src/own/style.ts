import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';

/** The tools for the link, and what the parts that they open share. */
export const style: string =
  form +
  css`
.toolrow { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-auto-rows: minmax(2.75em, auto); gap: 0.4em; }
.tool { display: flex; align-items: center; justify-content: center; gap: 0.45em; padding: 0.3em; border: 1px solid transparent; border-radius: var(--inner); background: none; color: var(--muted); font-size: 0.875em; line-height: 1.2; cursor: pointer; }
.tool:hover { background: var(--hover); color: var(--ink); }
.tool[aria-expanded='true'] { border-color: var(--line); background: var(--hover); color: var(--ink); }
.toolbox { margin-block-start: 0.5em; padding: 1em; border: 1px solid var(--line); border-radius: var(--inner); background: var(--faint); min-block-size: 6em; }
.quiet { padding: 0.35em 0.75em; font-size: 0.875em; }
.print { margin-block-start: auto; }
.print > summary { color: var(--muted); }
.print > dl { min-block-size: 14em; margin: 0.5em 0 0; }
.sub { font-size: 1.0625em; font-weight: 650; line-height: 1.3; }
@media (pointer: coarse) { .tool { min-block-size: 44px; } }
@media (forced-colors: active) { .tool, .toolbox { border: 1px solid; } .tool[aria-expanded='true'] { border-color: Highlight; } }
@container (max-width: 24em) { .toolrow { grid-auto-rows: minmax(3.5em, auto); } .tool { flex-direction: column; gap: 0.2em; font-size: 0.8125em; } .toolbox { padding: 0.75em; } }
`;
