import { css } from '../styles/css.ts';
import { blackOrWhite } from '../styles/tokens.ts';

/** The review queue. */
export const style: string = css`
.tools, .review .top, .review .foot, .decide, .acts, .presets, .pick { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
.tools { justify-content: space-between; }
.queue .tabs { display: flex; flex-wrap: wrap; min-inline-size: 0; max-inline-size: 100%; }
.queue .tab { padding: 0.2em 0.75em; border: 1px solid transparent; border-radius: 2em; min-block-size: 2.2em; background: none; color: var(--muted); font-size: 0.875em; font-weight: 600; cursor: pointer; }
.queue .tab[aria-pressed='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
.reviews { display: grid; gap: 0.75em; grid-template-columns: minmax(0, 1fr); }
.reviews:empty { min-block-size: 0; }
.reviews[aria-busy='true'] { min-block-size: 20em; background: linear-gradient(var(--hover) 7em, transparent 0) 0 0 / 100% 8em; }
.review { --sev: var(--line); display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6em; padding: 0.9em 1em; border: 1px solid var(--line); border-inline-start: 0.3em solid var(--sev); border-radius: var(--inner); }
.s0 { --sev: oklch(0.6 0.19 27); }
.s1 { --sev: oklch(0.75 0.15 75); }
.review[aria-current] { background: var(--faint); }
.picked { background: var(--tint); }
.review .top { flex-wrap: nowrap; align-items: start; }
.pair { flex: 1; min-inline-size: 0; font-weight: 600; }
.pair > .name { display: inline; overflow-wrap: anywhere; white-space: normal; }
.pair > .muted { font-weight: 400; }
.queue .badge { flex: none; align-self: start; padding: 0.15em 0.6em; border-radius: 1em; background: var(--hover); color: var(--ink); font-size: 0.8125em; white-space: nowrap; }
.pick { cursor: pointer; min-block-size: 24px; min-inline-size: 24px; }
.pick > input { inline-size: 1.15em; block-size: 1.15em; accent-color: var(--accent); }
.why { display: grid; gap: 0.3em; }
.why > li { display: flex; gap: 0.6em; }
.why > li::before { content: ''; flex: none; inline-size: 0.5em; block-size: 0.5em; margin-block-start: 0.5em; border-radius: 50%; background: var(--line); }
.why > .w0::before { background: oklch(0.6 0.19 27); border-radius: 0; transform: rotate(45deg); }
.why > .w1::before { background: oklch(0.75 0.15 75); }
.appeal { display: grid; gap: 0.25em; padding: 0.75em; border-radius: var(--inner); background: var(--faint); white-space: pre-wrap; overflow-wrap: anywhere; }
.review .foot { justify-content: space-between; align-items: start; }
.review details { flex: 1 1 14em; }
.review summary { cursor: pointer; min-block-size: 24px; }
.review details ol { display: grid; gap: 0.25em; padding-block-start: 0.4em; overflow-wrap: anywhere; }
.queue .small.button { padding: 0.35em 0.8em; }
.decide { position: sticky; inset-block-end: 0; z-index: 1; padding: 0.75em; margin: 0 -0.25em; border: 1px solid var(--line); border-radius: var(--inner); background: color-mix(in oklab, var(--ink) 7%, ${blackOrWhite('var(--ink)')}); box-shadow: 0 0.25em 1.5em ${'oklch(0 0 0 / 0.18)'}; }
.decide > p:first-child, .reason { flex: 1 1 14em; }
.reason { display: grid; gap: 0.25em; }
.queue .field { border-style: solid; direction: inherit; }
.presets { flex-basis: 100%; order: 1; }
.decide > #hint { flex-basis: 100%; order: 2; }
.nothing { padding: 2em 0; text-align: center; display: grid; gap: 0.5em; justify-items: center; }
.nothing > .muted { max-inline-size: 34em; }
@container (max-width: 30em) { .review .top { flex-wrap: wrap; } .review .top .badge { order: 1; margin-inline-start: 2.4em; } .pair { flex-basis: calc(100% - 3em); } .review .acts { flex: 1; } .review .acts > * { flex: 1; } }
@media (pointer: coarse) { .queue .button, .queue .tab { min-block-size: 44px; } .pick { min-inline-size: 44px; min-block-size: 44px; justify-content: center; } .keys { display: none; } }
@media (forced-colors: active) { .review, .decide { border: 1px solid; } .review[aria-current] { outline: 2px solid Highlight; } .queue .tab[aria-pressed='true'] { border: 2px solid Highlight; } .why > li::before { background: CanvasText; forced-color-adjust: none; } }
`;
