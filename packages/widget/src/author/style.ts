import { editorStyle } from '../forms/style.ts';
import { css } from '../styles/css.ts';
import { blackOrWhite } from '../styles/tokens.ts';

/** The editor of courses. */
export const style: string =
  editorStyle +
  css`
.author .contests, .author .content, .author .pane, .author .outline { display: grid; gap: 0.75em; grid-template-columns: minmax(0, 1fr); align-content: start; }
.author .contests[aria-busy='true'] { min-block-size: 12em; }
.author .st_published, .author .st_live { background: var(--accent); color: var(--on-accent); }
.author .hollow { padding: 2em 1.25em; border: 1px dashed var(--line); border-radius: var(--inner); text-align: center; text-wrap: balance; }
.author .pane.hollow { place-content: center; min-block-size: 14em; }
.author .by > .input { inline-size: 14em; flex: 0 1 14em; padding-block: 0.3em; }
.author .waiting { min-block-size: 16em; display: grid; place-content: center; }
.author .desk { display: grid; gap: 1.25em; grid-template-columns: minmax(0, 1fr); align-items: start; }
.author .adders { display: flex; flex-wrap: wrap; gap: 0.4em; align-items: center; }
.author .tree { position: relative; display: grid; grid-auto-rows: 2.5em; grid-template-columns: minmax(0, 1fr); }
.author .node { --in: calc(var(--depth) * 1.4em); content-visibility: auto; position: relative; display: flex; align-items: center; gap: 0.4em; padding-inline: calc(var(--in) + 0.2em) 0.5em; border-radius: var(--inner); cursor: pointer; }
.author .node::before { content: ''; position: absolute; inset-block: 0; inset-inline-start: 1.2em; inline-size: max(0px, var(--in) - 0.1em); background: repeating-linear-gradient(to right, var(--line) 0 1px, transparent 1px 1.4em); pointer-events: none; }
:host(:dir(rtl)) .author .node::before { background: repeating-linear-gradient(to left, var(--line) 0 1px, transparent 1px 1.4em); }
.author .node, .author .rename { scroll-margin-block: 1em 11em; }
.author .node:hover { background: var(--faint); }
.author .node[aria-selected='true'] { background: var(--tint); box-shadow: inset 0.2em 0 var(--accent); }
:host(:dir(rtl)) .author .node[aria-selected='true'] { box-shadow: inset -0.2em 0 var(--accent); }
.author .node:focus-visible { outline-offset: -2px; }
.author .node.unit > .nodetitle { font-weight: 650; }
.author .node.dragged { opacity: 0.45; }
.author .faultdot { flex: none; inline-size: 0.5em; block-size: 0.5em; border-radius: 50%; background: var(--wrong); }
.author .ask > .grid, .author .ask > .missing { inline-size: 100%; }
.author .item .grid { grid-template-columns: repeat(auto-fit, minmax(min(8em, 100%), 1fr)); }
.author .nodetitle { flex: 1; min-inline-size: 3em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.author .rename { flex: 1; padding: 0.2em 0.5em; min-block-size: 0; block-size: 2em; }
.author .marks { display: flex; gap: 0.4em; min-inline-size: 0; flex: 0 1 auto; white-space: nowrap; overflow: hidden; }
.author .marks > * + *::before { content: '· '; }
.author .grip { flex: none; inline-size: 1em; block-size: 2em; cursor: grab; touch-action: none; opacity: 0.45; background: radial-gradient(circle, currentcolor 1px, transparent 1.5px) center / 0.35em 0.35em; background-clip: content-box; padding: 0.5em 0.15em; }
.author .node:hover > .grip, .author .node:focus > .grip { opacity: 0.85; }
.author .fold, .author .sort { flex: none; display: grid; place-items: center; inline-size: 1.5em; block-size: 1.5em; }
.author .fold::before { content: ''; inline-size: 0.45em; block-size: 0.45em; border: solid; border-width: 0 2px 2px 0; transform: translateY(-0.1em) rotate(45deg); opacity: 0.6; }
.author .fold.shut::before { transform: rotate(-45deg); }
:host(:dir(rtl)) .author .fold.shut::before { transform: rotate(135deg); }
.author .sort::before { content: ''; inline-size: 0.65em; block-size: 0.8em; border: 1.5px solid; border-radius: 2px; opacity: 0.5; }
.author .k_video::before { inline-size: 0; block-size: 0; border: solid transparent; border-width: 0.35em 0 0.35em 0.6em; border-left-color: currentcolor; border-radius: 0; }
.author .k_quiz::before, .author .k_assignment::before { border-radius: 50%; inline-size: 0.75em; block-size: 0.75em; }
.author .k_live::before { inline-size: 0.75em; block-size: 0.75em; border-radius: 50%; background: radial-gradient(circle, currentcolor 35%, transparent 45%); }
.author .k_download::before, .author .k_external::before, .author .k_embed::before { border-block-start-color: transparent; }
.author .drop { position: absolute; inset-block-start: calc(var(--gap-at) * 2.5em - 1.5px); inset-inline: calc(var(--depth) * 1.4em + 1.2em) 0; block-size: 3px; border-radius: 3px; background: var(--accent); pointer-events: none; }
.author .drop::before { content: ''; position: absolute; inset-block-start: -4px; inset-inline-start: -6px; inline-size: 11px; block-size: 11px; border-radius: 50%; background: var(--accent); }
.author .undoing { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0.5em; background: var(--hover); }
.author .undoing > span { overflow-wrap: anywhere; flex: 1; }
.author .doing { gap: 0.35em; }
.author span.adders { display: contents; }
.author .way { inline-size: 2.3em; padding-inline: 0; }
.author .way.in::before, .author .way.out::before { content: ''; inline-size: 0.5em; block-size: 0.5em; border: solid; border-width: 2px 2px 0 0; transform: rotate(45deg); }
.author .way.out::before { transform: rotate(225deg); }
:host(:dir(rtl)) .author .way.in::before { transform: rotate(225deg); }
:host(:dir(rtl)) .author .way.out::before { transform: rotate(45deg); }
.author .pane { min-inline-size: 0; }
.author .panehead { display: flex; flex-wrap: wrap; gap: 0.25em 0.75em; align-items: baseline; justify-content: space-between; }
.author code { font-family: ui-monospace, 'SFMono-Regular', Menlo, monospace; font-size: 0.92em; }
.author .savebar > .acts > .state { flex: 1 1 14em; display: flex; gap: 0.6em; align-items: center; }
.author .dot { flex: none; inline-size: 0.6em; block-size: 0.6em; border-radius: 50%; background: currentcolor; opacity: 0.5; }
.author .s_saved > .dot { background: var(--accent); opacity: 1; }
.author .savebar > .acts { order: -1; }
.author #why-not { flex: 1 1 14em; }
.author .faults { background: none; padding-inline: 0.75em; }
.author .faults > .missing { max-block-size: 12em; overflow: auto; padding-block-end: 0.5em; }
.author .missing { display: grid; gap: 0.3em; }
.author .missing > li { display: flex; flex-wrap: wrap; gap: 0.2em 0.75em; justify-content: space-between; overflow-wrap: anywhere; }
.author .missing .open { border: 0; background: none; text-align: start; cursor: pointer; min-block-size: 24px; text-decoration: underline; text-underline-offset: 0.2em; }
.author .conflict { display: grid; gap: 0.5em; background: var(--hover); border-color: oklch(0.75 0.15 75); }
.author .dialogue { margin: auto; inline-size: min(36em, calc(100% - 2em)); max-block-size: calc(100% - 2em); overflow: auto; padding: 1.5em; border: 1px solid var(--line); border-radius: var(--radius); background: linear-gradient(var(--surface), var(--surface)), ${blackOrWhite('var(--ink)')}; color: var(--ink); box-shadow: 0 1em 4em oklch(0 0 0 / 0.35); }
.author .dialogue::backdrop { background: oklch(0 0 0 / 0.5); }
.author .dialogue > .title { margin-block-end: 0.75em; }
.author .verdict { font-size: 1.15em; font-weight: 650; }
.author .effects { display: grid; grid-template-columns: repeat(auto-fit, minmax(6em, 1fr)); gap: 0.75em; }
.author .effects > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.author .effects dt { color: var(--muted); font-weight: 400; font-size: 0.8125em; }
.author .events { display: grid; gap: 0.9em; }
.author .events > li { display: grid; gap: 0.2em; padding-inline-start: 0.9em; border-inline-start: 2px solid var(--line); }
.author .events q { quotes: none; white-space: pre-wrap; }
.author .dropfile { position: relative; justify-self: start; cursor: pointer; }
.author .file { position: absolute; inset: 0; opacity: 0; cursor: pointer; inline-size: 100%; }
.author .dropfile:focus-within > .button { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
.author .converted:focus { outline: none; }
@container (min-width: 52em) { .author .desk { grid-template-columns: minmax(16em, 5fr) minmax(0, 7fr); } .author .outline { position: sticky; inset-block-start: 0.75em; max-block-size: calc(100vh - 10em); overflow: auto; padding-inline: 3px; } }
@container (max-width: 30em) { .author .rule { padding: 0.5em; } .author .marks { display: none; } .author .node { --in: calc(var(--depth) * 0.9em); } .author .node::before { display: none; } .author .keys { display: none; } }
@media (pointer: coarse) { .author .tree { grid-auto-rows: 44px; } .author .drop { inset-block-start: calc(var(--gap-at) * 44px - 1.5px); } .author .grip { inline-size: 1.6em; } .author .keys { display: none; } .author .way { inline-size: 44px; } }
@media (forced-colors: active) { .author .node[aria-selected='true'] { outline: 2px solid Highlight; outline-offset: -2px; } .author .drop, .author .dot { background: Highlight; forced-color-adjust: none; } .author .grip { background: CanvasText; inline-size: 3px; } .author .rule, .author .dialogue { border: 1px solid; } }
`;
