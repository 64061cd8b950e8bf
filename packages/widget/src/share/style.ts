import { css } from '../styles/css.ts';

/** The share targets; the room they take is kept by the card. */
export const style: string = css`
.target {
  display: flex; flex-direction: column; place-items: center; justify-content: center; gap: 0.35em; block-size: 100%;
  border-radius: var(--inner); color: var(--muted); font-size: 0.8125em; line-height: 1.2; text-decoration: none;
}
.target:hover { background: var(--hover); color: var(--ink); }
.target svg { inline-size: 1.5em; block-size: 1.5em; }
`;
