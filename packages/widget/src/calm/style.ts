import { css } from '../styles/css.ts';

/** What stands where rows will be. */
export const style: string = css`
.calm, .room { flex: 1; display: grid; place-content: center; text-align: center; text-wrap: balance; }
.calm { min-block-size: 14em; gap: 0.35em; }
.room { padding: 0.6em 0.9em; border: 1px dashed var(--line); border-radius: var(--inner); line-height: 1.35; }
`;
