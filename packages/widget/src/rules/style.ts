import { css } from '../styles/css.ts';

/** The link to the results at the foot of a board. */
export const style: string = css`.board > .foot a { color: var(--accent-ink); text-underline-offset: 0.2em; }`;
