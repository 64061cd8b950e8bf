import { css } from '../styles/css.ts';

/** The catalogue. */
export const style: string = css`
.catalogue .button { overflow-wrap: break-word; }
.catalogue .top { align-items: baseline; }
.finder { display: grid; gap: 0.75em; grid-template-columns: minmax(0, 1fr); }
.search { position: relative; }
.search > svg { position: absolute; inset-block-start: 0.72em; inset-inline-start: 0.8em; color: var(--muted); pointer-events: none; }
.search > .input { padding-inline-start: 2.6em; }
.search > .input::placeholder { color: var(--muted); opacity: 1; }
.topics { display: flex; flex-wrap: wrap; gap: 0.35em; }
.topics > .tab { padding: 0.25em 0.85em; min-block-size: 2.1em; max-inline-size: 100%; border: 1px solid var(--line); border-radius: 2em; background: none; color: var(--muted); font: inherit; font-size: 0.875em; font-weight: 600; line-height: 1.2; cursor: pointer; overflow: hidden; text-overflow: ellipsis; }
.topics > .tab:hover { background: var(--faint); }
.topics > .tab[aria-pressed='true'] { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.entries { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17em), 1fr)); gap: 1em; transition: opacity 0.15s; }
.entries[aria-busy='true'] { opacity: 0.55; }
.entry { position: relative; display: flex; flex-direction: column; min-inline-size: 0; border: 1px solid var(--line); border-radius: var(--inner); overflow: hidden; }
.entry:hover { border-color: color-mix(in oklch, var(--ink) 32%, transparent); }
.entry:has(.whole:focus-visible) { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
.cover { position: relative; display: grid; place-items: center; aspect-ratio: 16 / 7; overflow: hidden; background: linear-gradient(120deg, oklch(0.68 0.12 var(--hue) / 0.32), oklch(0.68 0.12 calc(var(--hue) + 50) / 0.14)); }
.cover > .letters { font-size: 2em; font-weight: 700; letter-spacing: 0.04em; color: color-mix(in oklab, oklch(0.6 0.13 var(--hue)) 40%, var(--ink)); opacity: 0.85; }
.cover > img { position: absolute; inline-size: 100%; block-size: 100%; object-fit: cover; }
.entry > .body { flex: 1; display: flex; flex-direction: column; gap: 0.45em; padding: 0.9em 1em 1em; min-inline-size: 0; }
.entry .whole { border: 0; padding: 0; background: none; color: var(--ink); font: inherit; font-weight: 650; text-align: start; text-decoration: none; cursor: pointer; overflow-wrap: anywhere; outline: none; }
.entry .whole::after { content: ''; position: absolute; inset: 0; }
.entry:hover .whole { text-decoration: underline; text-underline-offset: 0.15em; }
.entry .lead { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.entry .terms { font-weight: 600; }
.entry .tags { display: flex; flex-wrap: wrap; gap: 0.1em 0.8em; }
.entry .tags > bdi { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.entry .own { display: grid; gap: 0.4em; margin-block-start: auto; padding-block-start: 0.3em; }
.entry .own > .bar { background: var(--hover); }
.entry .above { position: relative; z-index: 1; margin-block-start: auto; padding-block-start: 0.4em; inline-size: fit-content; max-inline-size: 100%; }
.entry .above .strong { font-size: 0.875em; }
.entry .above .button { padding: 0.45em 0.9em; font-size: 0.9375em; }
.catalogue .nothing { display: grid; gap: 0.5em; justify-items: center; padding: 2em 0; text-align: center; }
@media (prefers-reduced-motion: reduce) { .entries { transition: none; } }
@media (pointer: coarse) { .topics > .tab, .entry .above .button { min-block-size: 44px; } }
@media (forced-colors: active) { .topics > .tab[aria-pressed='true'] { border: 2px solid Highlight; } .own > .bar > i { background: Highlight; } }
`;
