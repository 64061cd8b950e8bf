import { css } from '../styles/css.ts';

/** The course element. */
export const style: string = css`
.course .button { overflow-wrap: break-word; }
.course .about { display: grid; gap: 0.2em; min-inline-size: 0; }
.coursehead { display: flex; align-items: center; gap: 0.9em; padding-block-end: 0.9em; border-block-end: 1px solid var(--line); }
.small-dial { flex: none; inline-size: 2.75em; }
.course .small-dial .track, .course .small-dial .arc { stroke-width: 13; }
.abstract { max-inline-size: 42em; line-height: 1.6; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--gap); align-items: start; }
.side { display: grid; gap: 0.6em; grid-template-columns: minmax(0, 1fr); }
.fold-contents { justify-self: stretch; justify-content: start; }
.fold-contents::before { content: ''; flex: none; inline-size: 0.45em; block-size: 0.45em; border: solid; border-width: 0 2px 2px 0; transform: rotate(-45deg); opacity: 0.6; margin-inline-end: 0.2em; }
.fold-contents:dir(rtl)::before { transform: rotate(135deg); }
.fold-contents[aria-expanded='true']::before { transform: rotate(45deg); }
.side:not(.shown) > .list { display: none; }
.side .outline { margin-inline: -0.6em; }
.lessonpage { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1em; min-inline-size: 0; align-content: start; }
.lessonhead { display: grid; gap: 0.3em; }
.lessontitle { font-size: 1.5em; font-weight: 680; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; scroll-margin-block: 1em; }
.lessontitle:focus { outline: none; }
.lessontitle:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 4px; border-radius: 2px; }
.waits { border-radius: var(--inner); background: var(--hover); animation: late 0s 6s forwards; }
.waits.screen { aspect-ratio: 16 / 9; }
.waits.text { min-block-size: 14em; background: linear-gradient(var(--hover) 0.8em, transparent 0) 0 0 / 100% 1.8em; }
.film { overflow-wrap: break-word; }
.frame { inline-size: 100%; aspect-ratio: 16 / 10; border: 1px solid var(--line); border-radius: var(--inner); background: #fff; color-scheme: light; }
.lessontext { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.9em; max-inline-size: 42em; line-height: 1.65; }
.lessontext h2, .lessontext h3, .lessontext h4, .lessontext h5, .lessontext h6 { line-height: 1.3; font-weight: 650; margin-block-start: 0.5em; }
.lessontext .t1 { font-size: 1.3em; }
.lessontext .t2 { font-size: 1.15em; }
.lessontext .t3, .lessontext .t4 { font-size: 1em; }
.lessontext ul, .lessontext ol { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.35em; padding-inline-start: 1.5em; }
.lessontext ul { list-style: disc; }
.lessontext ol { list-style: decimal; }
.lessontext li > ul, .lessontext li > ol { margin-block-start: 0.35em; }
.lessontext li::marker { color: var(--muted); }
.lessontext .task { list-style: none; position: relative; }
.lessontext .task::before { content: ''; position: absolute; inset-inline-start: -1.5em; inset-block-start: 0.35em; inline-size: 0.9em; block-size: 0.9em; border: 1.5px solid color-mix(in oklch, var(--ink) 55%, transparent); border-radius: 0.2em; }
.lessontext [data-checked='true']::before { background: var(--accent); border-color: var(--accent); }
.lessontext [data-checked='true']::after { content: ''; position: absolute; inset-inline-start: -1.2em; inset-block-start: 0.42em; inline-size: 0.25em; block-size: 0.5em; border: solid var(--on-accent); border-width: 0 2px 2px 0; transform: rotate(45deg); }
.lessontext blockquote { display: grid; gap: 0.6em; padding-inline-start: 1em; border-inline-start: 0.2em solid var(--accent); }
.lessontext > blockquote { color: var(--muted); }
.lessontext code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
.lessontext :not(pre) > code { padding: 0.1em 0.35em; border-radius: 0.3em; background: var(--hover); }
.lessontext pre { overflow: auto; padding: 0.9em 1em; border-radius: var(--inner); background: var(--faint); border: 1px solid var(--line); line-height: 1.5; tab-size: 2; }
.lessontext pre > code { white-space: pre; }
.lessontext hr { border: 0; border-block-start: 1px solid var(--line); margin-block: 0.5em; }
.lessontext figure > img { display: block; max-inline-size: 100%; block-size: auto; border-radius: var(--inner); }
.lessontext .scrolls { overflow-x: auto; }
.lessontext table { border-collapse: collapse; min-inline-size: 60%; line-height: 1.4; }
.lessontext tr > * { block-size: auto; padding: 0.5em 0.9em 0.5em 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; font-size: 1em; }
.course .lessontext td:first-child, .course .lessontext th:first-child { inline-size: auto; }
.lessontext thead { color: inherit; font-size: 1em; }
.lessontext thead th { font-weight: 650; border-block-end-color: color-mix(in oklch, var(--ink) 40%, transparent); }
.lefts { display: grid; gap: 0.5em; }
.lefts > li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.65em; align-items: start; }
.lefts .mark, .isdone .mark { display: grid; place-items: center; inline-size: 1.35em; block-size: 1.35em; border: 1.5px solid color-mix(in oklch, var(--ink) 38%, transparent); border-radius: 50%; }
.lefts .mark > svg, .isdone .mark > svg { inline-size: 0.85em; stroke-width: 2.75; }
.lefts .met .mark, .isdone .mark { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.lefts .met { color: var(--muted); }
.lefts .bar { margin-block-start: 0.35em; max-inline-size: 16em; background: var(--hover); }
.isdone { display: inline-flex; align-items: center; gap: 0.6em; justify-self: start; font-weight: 600; padding: 0.3em 0; }
.marking { display: grid; gap: 0.5em; justify-items: start; }
.finish { background: var(--tint); }
.ways { display: flex; flex-wrap: wrap; gap: 0.6em; justify-content: space-between; padding-block-start: 1em; border-block-start: 1px solid var(--line); }
.ways > .button { flex: 1 1 12em; justify-content: start; text-align: start; font-weight: 400; min-inline-size: 0; }
.ways > .way-next { flex-direction: row-reverse; justify-content: space-between; }
.ways .whither { display: grid; min-inline-size: 0; }
.ways .whither > bdi { font-weight: 600; overflow-wrap: anywhere; }
.ways .arrow { display: grid; color: var(--muted); }
.ways .way-previous > .arrow { transform: scaleX(-1); }
.ways .arrow:dir(rtl) { transform: scaleX(-1); }
.ways .way-previous > .arrow:dir(rtl) { transform: none; }
@container (min-width: 46em) {
  .learns > .sides { grid-template-columns: minmax(13em, 19em) minmax(0, 1fr); column-gap: calc(var(--gap) * 1.6); }
  .side > .fold-contents { display: none; }
  .side:not(.shown) > .list { display: block; }
  .learns .side { position: sticky; inset-block-start: 0; max-block-size: 100vh; overflow: hidden auto; overscroll-behavior: contain; border-inline-end: 1px solid var(--line); padding-inline: 0.6em 1.1em; margin-inline-start: -0.6em; }
  .learns .side .outline { margin-inline-end: 0; }
}
@container (max-width: 22em) { .ways > .button { flex-basis: 100%; } .lessontitle { font-size: 1.3em; } }
@media (forced-colors: active) { .waits { border: 1px dashed; } .lessontext [data-checked='true']::before, .lefts .met .mark, .isdone .mark { background: Highlight; color: HighlightText; forced-color-adjust: none; } }
`;
