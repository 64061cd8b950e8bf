import { css } from '../styles/css.ts';

/** The windows of a board as tabs. */
export const style: string = css`
.tab { padding: 0.2em 0.75em; border-radius: 2em; min-block-size: 2.2em; border: 1px solid transparent; background: none; color: var(--muted); font-size: 0.875em; font-weight: 600; line-height: 1.2; white-space: nowrap; cursor: pointer; }
.tab[aria-selected='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
@media (pointer: coarse) { .tab { min-block-size: 44px; } }
@media (forced-colors: active) { .tab[aria-selected='true'] { border: solid Highlight; border-width: 2px 0; } }
`;
