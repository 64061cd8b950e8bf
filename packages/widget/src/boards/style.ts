import { css } from '../styles/css.ts';

/** Boards of some. */
export const style: string = css`
.some .calm { padding: 2em 0; text-align: center; }
.some .person { padding-block: 0.3em; }
.some .named { flex-wrap: wrap; gap: 0.2em 0.5em; }
.some .named + .small { display: block; font-weight: 400; }
.some .overall { text-align: end; white-space: nowrap; }
.zone { display: inline-flex; }
.zone > svg { inline-size: 1em; stroke-width: 2.5; }
.zone.up { color: var(--accent-ink); }
.zone.down { color: color-mix(in oklab, oklch(0.58 0.2 27) 60%, var(--ink)); }
.edge > * { border-block-start: 2px dashed color-mix(in oklch, var(--ink) 30%, transparent); }
.cohort { display: grid; gap: 0.6em; }
.cohort .tabs { display: flex; justify-self: start; }
.cohort .tab { padding: 0.2em 0.75em; border: 1px solid transparent; border-radius: 2em; min-block-size: 2.2em; background: none; color: var(--muted); font-size: 0.875em; font-weight: 600; line-height: 1.2; cursor: pointer; }
.cohort .tab[aria-pressed='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
@media (pointer: coarse) { .cohort .tab { min-block-size: 44px; } }
@media (forced-colors: active) { .cohort .tab[aria-pressed='true'] { border: 2px solid Highlight; } }
`;
