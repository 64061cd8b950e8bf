import { css } from '../styles/css.ts';

/** Teams of a contest. */
export const style: string = css`
.team .form + .form { margin-block-start: 0.3em; }
.team .badge { margin-inline-start: 0.5em; padding: 0 0.55em; border-radius: 2em; background: var(--accent); color: var(--on-accent); font-size: 0.75em; white-space: nowrap; }
.teamname { font-size: 1.125em; overflow-wrap: anywhere; }
.leave { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
.leave .quiet { padding: 0.35em 0.75em; font-size: 0.875em; }
.team .form > .small:empty { display: none; }
`;
