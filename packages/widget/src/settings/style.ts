import { css } from '../styles/css.ts';

/** Choosing a code and a name, and where clicks came from. */
export const style: string = css`
.toolbox .form + .form, .room-for-form { margin-block-start: 1.1em; }
.room-for-form { min-block-size: 6em; }
.saved { color: var(--accent-ink); font-weight: 600; }
.saved:empty { display: none; }
.channels { inline-size: 100%; border-spacing: 0; line-height: 1.3; }
.channels caption { text-align: start; font-weight: 600; padding-block-end: 0.35em; }
.channels th, .channels td { block-size: 2.5em; padding: 0 0.3em; text-align: end; white-space: nowrap; border-block-end: 1px solid var(--line); }
.channels thead th { block-size: 2em; }
.channels th:first-child { inline-size: 100%; text-align: start; white-space: normal; }
.channels bdi { display: block; text-align: -webkit-match-parent; text-align: match-parent; min-inline-size: 4em; overflow-wrap: anywhere; }
.channels tbody th { background: linear-gradient(var(--tint) 0 0) 0 50% / var(--share) 60% no-repeat; font-weight: 600; }
.channels tbody th:dir(rtl) { background-position-x: 100%; }
.channels tr > :last-child { padding-inline-end: 0.3em; }
.terms { display: grid; gap: 0.35em; align-content: start; }
.terms dt { font-weight: 650; }
.terms dd { font: inherit; letter-spacing: inherit; margin: 0 0 0.75em; overflow-wrap: anywhere; }
.leaving { display: grid; gap: 0.6em; justify-items: start; }
.leaving .pair { flex-wrap: wrap; align-items: center; }
.leaving .pair p { flex: 1 1 100%; font-weight: 600; }
@container (max-width: 22em) { .channels { font-size: 0.8125em; } .channels thead { font-size: 0.9em; } }
`;
