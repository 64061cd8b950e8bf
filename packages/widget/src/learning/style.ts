import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';

/** What the faces of a course have in common: the ring, the outline, the way in. */
export const style: string =
  form +
  css`
.learn { overflow-wrap: anywhere; }
.learn a { color: var(--accent-ink); }
.learn a.button { color: var(--ink); }
.learn a.primary { color: var(--on-accent); }
.learn .strong { font-weight: 600; }
.learn .sub { font-size: 1em; font-weight: 650; line-height: 1.3; }
.learn .panel { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6em; padding: 0.9em 1em; border: 1px solid var(--line); border-radius: var(--inner); }
.learn .way { display: grid; gap: 0.6em; justify-items: start; }
.learn .way > .form { inline-size: min(100%, 24em); }
.learn select { cursor: pointer; }
.learn option { color: CanvasText; background: Canvas; }
.learn .terms { display: flex; flex-wrap: wrap; gap: 0.2em 0.9em; }
.learn svg.ring { display: block; inline-size: 100%; stroke-linecap: round; }
.ring > .track { stroke: var(--hover); stroke-width: 9; }
.ring > .arc { stroke: var(--accent); stroke-width: 9; }
.outline, .outline ul { display: grid; grid-template-columns: minmax(0, 1fr); }
.outline ul[hidden] { display: none; }
.outline > .unit + .unit { border-block-start: 1px solid var(--line); }
.outline .node { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.75em; align-items: start; inline-size: 100%; padding: 0.55em 0.6em; border: 0; border-radius: var(--inner); background: none; color: inherit; font: inherit; text-align: start; text-decoration: none; cursor: pointer; }
.outline .node:hover { background: var(--faint); }
.outline .node:focus-visible { outline-offset: -2px; z-index: 1; }
.outline .node[aria-disabled='true'] { cursor: default; background: none; }
.outline .title-of { display: grid; gap: 0.1em; min-inline-size: 0; line-height: 1.35; text-align: -webkit-match-parent; text-align: match-parent; }
.outline .called { display: block; min-inline-size: 0; text-align: -webkit-match-parent; text-align: match-parent; }
.outline .tier { margin-inline-end: 0.55em; color: var(--accent-ink); font-weight: 650; letter-spacing: 0.02em; white-space: nowrap; }
.outline .small { line-height: 1.35; }
.outline .turn { display: grid; place-items: center; inline-size: 1.35em; block-size: 1.35em; color: var(--muted); }
.outline .turn > svg { inline-size: 0.95em; stroke-width: 2.25; }
.outline .turn:dir(rtl) > svg { transform: scaleX(-1); }
.outline [aria-expanded='true'] > .turn > svg { transform: rotate(90deg); }
.outline .share { color: var(--muted); padding-block-start: 0.1em; }
.outline .share > svg { inline-size: 1.1em; stroke-width: 2.25; }
.outline .unit.done > .node > .share { color: var(--accent-ink); }
.outline .unit .unit > .node { padding-inline-start: 1.2em; }
.outline .unit .unit .unit > .node { padding-inline-start: 1.8em; }
.outline .unit .lesson > .node { padding-inline-start: 1.15em; }
.outline .unit .unit .lesson > .node { padding-inline-start: 1.75em; }
.outline .unit .unit .unit .lesson > .node { padding-inline-start: 2.35em; }
.outline .mark { position: relative; display: grid; place-items: center; inline-size: 1.35em; block-size: 1.35em; border: 1.5px solid color-mix(in oklch, var(--ink) 38%, transparent); border-radius: 50%; color: var(--muted); }
.outline .mark > svg { inline-size: 0.85em; stroke-width: 2.75; }
.outline .started > .node > .mark { border-color: var(--accent-ink); background: linear-gradient(90deg, var(--accent) 50%, transparent 50%); }
.outline .done > .node > .mark { background: var(--accent); border-color: transparent; color: var(--on-accent); }
.outline .locked > .node > .mark { border-style: dashed; }
.outline .locked > .node > .title-of > .called { color: var(--muted); }
.outline .locked > .node > .title-of .tier { color: inherit; }
.outline .current > .node { background: var(--tint); }
.outline .current > .node > .title-of > .called { font-weight: 650; }
.outline .current > .node::before { content: ''; position: absolute; inset-block: 0.35em; inset-inline-start: 0; inline-size: 0.2em; border-radius: 1em; background: var(--accent); }
@media (prefers-reduced-motion: no-preference) { .outline .turn > svg { transition: transform 0.15s; } .ring > .arc { transition: stroke-dasharray 0.4s; } }
@media (pointer: coarse) { .outline .node { min-block-size: 44px; } }
@media (forced-colors: active) {
  .ring > .track { stroke: GrayText; stroke-width: 3; }
  .ring > .arc { stroke: Highlight; }
  .outline .done > .node > .mark { background: Highlight; color: HighlightText; forced-color-adjust: none; }
  .outline .current > .node { outline: 2px solid Highlight; outline-offset: -2px; }
}
`;
