import { css } from './css.ts';

/** The leaderboard. */
export const board: string = css`
.board { gap: 0.9em; }
.top, .facts, .clock, .note, .who, .named, .gap span { display: flex; align-items: center; gap: 0.6em; }
.top, .facts, .place { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.2em 0.75em; }
.place { justify-content: start; }
.top > .title { flex: 1 1 9em; }
.clock, .tabs, .badge { padding: 0.2em 0.75em; border-radius: 2em; background: var(--faint); white-space: nowrap; }
.dot, .note::before { content: ''; flex: none; inline-size: 0.5em; block-size: 0.5em; border-radius: 1em; background: var(--line); }
.on { background: var(--accent); }
.tabs { align-self: start; padding: 0.2em; min-block-size: 2.325em; }
.note { background: var(--faint); }
.stage { position: relative; display: flex; flex-direction: column; flex: 1 0 auto; }
.stage[aria-busy='true'] table { opacity: 0.55; }
.rows { inline-size: 100%; border-spacing: 0; line-height: 1.3; }
th { font-weight: inherit; text-align: start; }
thead { color: var(--muted); font-size: 0.8125em; }
th, td { block-size: 3.25em; padding: 0 0.5em; }
thead th, .gap td { block-size: 2.25em; }
tr { outline-offset: -2px; }
tr > :last-child { padding-inline-end: 0.85em; text-align: end; }
td:first-child { inline-size: 3.25em; }
.move { inline-size: 2.75em; padding: 0; font-size: 0.8125em; white-space: nowrap; }
.rank { display: inline-flex; border-radius: 2em; justify-content: center; min-inline-size: 2.125em; padding: 0 0.3em; line-height: 2.125; color: var(--muted); }
.m1 { --metal: oklch(0.8 0.14 88); }
.m2 { --metal: oklch(0.76 0.02 250); }
.m3 { --metal: oklch(0.68 0.1 52); }
.medal { color: var(--ink); background: color-mix(in oklch, var(--metal) 38%, transparent); box-shadow: inset 0 0 0 1px color-mix(in oklch, var(--metal) 75%, transparent); }
.rows tr { --bar: var(--metal, color-mix(in oklch, var(--ink) 20%, transparent)); }
.rows .mine { --bar: var(--accent); clip-path: inset(0 round var(--inner)); }
.mine > * { background: var(--tint); }
.mine .rank { color: var(--ink); }
.person { inline-size: 100%; max-inline-size: 0; }
.label { flex: 1; display: grid; gap: 0.3em; }
.label, .named { min-inline-size: 0; }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: 1.35; }
tr:focus .name { white-space: normal; overflow-wrap: anywhere; }
.badge { padding: 0 0.55em; background: var(--accent); color: var(--on-accent); font-size: 0.75em; }
.avatar { position: relative; flex: none; display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; border-radius: 2em; overflow: hidden; font-size: 0.8125em; background: oklch(0.68 0.13 var(--hue) / 0.26); color: color-mix(in oklab, oklch(0.6 0.13 var(--hue)) 30%, var(--ink)); }
.avatar > img { position: absolute; inline-size: 100%; block-size: 100%; object-fit: cover; }
.gap span { color: var(--muted); font-size: 0.8125em; white-space: nowrap; }
.gap span::before, .gap span::after { content: ''; flex: 1; border-block-start: 2px dotted var(--line); }
.more { align-self: center; }
.foot { padding-block-start: 0.8em; border-block-start: 1px solid var(--line); }
summary { padding-block: 0.4em; cursor: pointer; }
@container (max-width: 22em) {
  th, td { padding: 0 0.3em; }
  td:first-child { inline-size: 2.5em; }
  .move { inline-size: 2.1em; }
}
@container (max-width: 19em) { .rows .avatar { display: none; } }
`;
