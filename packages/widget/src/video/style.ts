import { css } from '../styles/css.ts';

/** Videos. */
export const style: string = css`
.watch { display: grid; gap: 0.75em; grid-template-columns: minmax(0, 1fr); align-content: start; }
.screen { position: relative; aspect-ratio: 16 / 9; border-radius: var(--inner); overflow: hidden; background: #000; }
.screen > video, .screen > iframe { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; border: 0; object-fit: contain; }
.trouble { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 0.75em; padding: 1em; background: #000; color: #fff; text-align: center; }
.under { display: flex; flex-wrap: wrap; gap: 0.5em 1.25em; align-items: center; }
.covered { flex: 1 1 12em; display: grid; gap: 0.35em; min-inline-size: 0; }
.stretches { position: relative; block-size: 0.5em; border-radius: 1em; overflow: hidden; background: var(--hover); }
.stretches > i { position: absolute; inset-block: 0; min-inline-size: 2px; background: var(--accent); }
.speed { display: flex; align-items: center; gap: 0.5em; }
.watch .input { padding: 0.35em 0.5em; border: 1px solid color-mix(in oklch, var(--ink) 55%, transparent); border-radius: var(--inner); background: var(--surface); font: inherit; color: inherit; cursor: pointer; }
.watch .input > option { color: CanvasText; background: Canvas; }
.finished { display: flex; align-items: center; gap: 0.5em; font-weight: 600; color: var(--accent-ink); }
.fresh { padding: 0.6em 0.9em; border-radius: var(--inner); background: var(--tint); animation: glow 1.2s ease-out; }
@keyframes glow { from { background: color-mix(in oklch, var(--accent) 40%, transparent); } }
.watch > .note { flex-wrap: wrap; }
.watch > .note > span { flex: 1 1 12em; }
.watch > .refused::before { background: oklch(0.58 0.2 27); }
.watch > .resume::before { display: none; }
.chapters { display: grid; gap: 0.4em; padding-block-start: 0.75em; border-block-start: 1px solid var(--line); }
.chapters > .sub { font-size: 1em; font-weight: 650; }
.chapters > ol { display: grid; gap: 0.2em; }
.chapter { display: grid; grid-template-columns: 4em minmax(0, 1fr) auto; gap: 0.3em 0.6em; align-items: baseline; inline-size: 100%; min-block-size: 2.5em; padding: 0.5em 0.6em; border: 0; border-radius: var(--inner); background: none; color: var(--ink); text-align: start; cursor: pointer; }
.chapter:hover { background: var(--hover); }
.chapter.here { background: var(--tint); font-weight: 600; }
.chapter > .name { overflow-wrap: anywhere; white-space: normal; overflow: visible; text-align: -webkit-match-parent; text-align: match-parent; }
.chapter > .small { text-align: -webkit-match-parent; text-align: match-parent; }
.chapter > .bar { grid-column: 1 / -1; background: var(--hover); }
.chapter > .bar > i { min-inline-size: 0; }
.shut { display: grid; gap: 0.5em; padding: 1em; border-radius: var(--inner); background: var(--faint); }
.strong { font-weight: 600; }
.small-card { align-self: start; }
@container (max-width: 22em) { .chapter { grid-template-columns: 3em minmax(0, 1fr); } .chapter > .share { grid-column: 2; } .chapter > .share:empty { display: none; } }
@media (pointer: coarse) { .chapter, .watch .input { min-block-size: 44px; } }
@media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
@media (forced-colors: active) {
  .stretches { border: 1px solid; }
  .stretches > i { background: Highlight; forced-color-adjust: none; }
  .chapter { border: 1px solid; }
  .chapter.here { outline: 2px solid Highlight; }
  .shut, .fresh { border: 1px solid; }
}
`;
