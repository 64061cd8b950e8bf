import { css } from '../styles/css.ts';

/** What comes of joining, step by step. */
export const style: string = css`
.steps { display: grid; align-content: start; gap: 0.9em; counter-reset: step; }
.steps > li { display: flex; gap: 0.75em; align-items: center; counter-increment: step; }
.steps > li::before { content: counter(step); flex: none; inline-size: 2em; border-radius: 1em; background: var(--tint); color: var(--accent-ink); line-height: 2; text-align: center; }
@container (min-width: 44em) { .steps { grid-area: 1 / 2 / span 3; } }
`;
