import { css } from '../styles/css.ts';

/** The first three on steps. */
export const style: string = css`
.podium { align-self: center; inline-size: 100%; max-inline-size: 36em; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); align-items: end; gap: 0.5em; min-block-size: 13.75em; padding-block: 0.5em 0.35em; }
.podium > li { display: grid; justify-items: center; gap: 0.2em; text-align: center; line-height: 1.25; }
.podium > :nth-child(1) { grid-area: 1 / 2; }
.podium > :nth-child(2) { grid-area: 1 / 1; }
.podium > :nth-child(3) { grid-area: 1 / 3; }
.podium .avatar { inline-size: 3em; block-size: 3em; font-size: 1em; }
.podium .m1 .avatar { inline-size: 3.5em; block-size: 3.5em; }
.crown { position: relative; padding: 0.4em; }
.crown > svg { position: absolute; inset: -0.55em; inline-size: auto; block-size: auto; fill: color-mix(in oklab, var(--metal) 85%, var(--ink)); stroke: none; }
.podium .name { font-size: 0.9375em; }
.podium .named { max-inline-size: 100%; flex-wrap: wrap; justify-content: center; gap: 0.15em 0.4em; }
.step { inline-size: 100%; margin-block-start: 0.35em; padding-block: 0.4em; border-radius: var(--inner) var(--inner) 0.2em 0.2em; background: linear-gradient(color-mix(in oklch, var(--metal) 42%, transparent), color-mix(in oklch, var(--metal) 10%, transparent)); box-shadow: inset 0 1px color-mix(in oklch, var(--metal) 90%, transparent); font-weight: 650; font-size: 1.125em; }
.podium .m1 .step { padding-block: 0.55em 2em; }
.podium .m2 .step { padding-block: 0.5em 1.1em; }
.podium .m3 .step { padding-block: 0.45em 0.5em; }
@media (forced-colors: active) { .step { border: 1px solid CanvasText; } }
`;
