import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';
import { blackOrWhite } from '../styles/tokens.ts';

/** The editor of contests. */
export const style: string =
  form +
  css`
.editor { overflow-wrap: anywhere; }
.editor .input { min-inline-size: 0; max-inline-size: 100%; }
.editor select, .editor textarea { font: inherit; color: inherit; }
.editor select.input { min-block-size: 2.6em; background: color-mix(in oklab, var(--ink) 4%, ${blackOrWhite('var(--ink)')}); }
.editor .input:disabled { opacity: 1; color: var(--muted); background: var(--faint); border-style: dashed; }
.editor .head, .editor .acts, .editor .itemhead, .editor .tick, .editor .people > li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5em; }
.editor .head { justify-content: space-between; grid-template-columns: none; }
.grow { flex: 1; min-inline-size: min(8em, 100%); }
.editor .tabs { display: flex; flex-wrap: wrap; gap: 0.25em; min-block-size: 0; background: none; padding: 0; }
.editor .tab { padding: 0.35em 0.9em; min-block-size: 2.2em; border: 1px solid transparent; border-radius: 2em; background: none; color: var(--muted); font-weight: 600; cursor: pointer; }
.editor .tab[aria-pressed='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
.editor .badge { flex: none; padding: 0.15em 0.7em; border-radius: 1em; background: var(--hover); color: var(--ink); font-size: 0.8125em; white-space: nowrap; }
.editor .st_live, .editor .w_claimed .badge { background: var(--accent); color: var(--on-accent); }
.editor .small.button { padding: 0.35em 0.8em; font-size: 0.875em; min-block-size: 28px; }
.contests { display: grid; gap: 0.5em; }
.contests[aria-busy='true'] { min-block-size: 12em; }
.contest { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.2em 0.75em; align-items: center; padding: 0.8em 1em; border: 1px solid var(--line); border-radius: var(--inner); }
.contest:hover { background: var(--faint); }
.contest .open { text-align: start; border: 0; background: none; font-weight: 600; cursor: pointer; min-block-size: 24px; }
.contest .open::after { content: ''; position: absolute; inset: 0; border-radius: var(--inner); }
.contest .name { white-space: normal; }
.contest .dates { grid-column: 1 / -1; }
.settings, .run, .preview, .rowlist, .rowlist > ol, .block { display: grid; gap: 0.9em; grid-template-columns: minmax(0, 1fr); align-content: start; }
.run { gap: 1.75em; }
.part { border: 1px solid var(--line); border-radius: var(--inner); padding: 0 1em; min-inline-size: 0; }
.part > summary { display: flex; align-items: center; gap: 0.6em; padding: 0.75em 0; cursor: pointer; list-style: none; }
.part > summary::before { content: ''; flex: none; inline-size: 0.5em; block-size: 0.5em; border: solid; border-width: 0 2px 2px 0; transform: rotate(-45deg); opacity: 0.6; }
.part > summary::-webkit-details-marker { display: none; }
.part[open] > summary::before { transform: rotate(45deg); }
.part[open] { padding-block-end: 1em; }
.subtitle { font-size: 1em; font-weight: 650; line-height: 1.3; }
.part > .note { margin-block-end: 0.75em; }
.editor .grid { display: grid; gap: 0.9em 1em; grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr)); align-items: start; }
.grid > .wide, .grid > .rowlist { grid-column: 1 / -1; }
.f { display: grid; gap: 0.3em; align-content: start; min-inline-size: 0; border: 0; }
.f > label, .f > legend { font-weight: 600; }
.f > p:empty { display: none; }
.f > legend { margin-block-end: 0.4em; }
.editor .few > .input { max-inline-size: 10em; }
.tick > span > *, .f > label > span { unicode-bidi: isolate; }
.f > label > .muted { margin-inline-start: 0.35em; }
.choose { gap: 0.6em; }
.editor .tick { flex-wrap: nowrap; align-items: start; font-weight: 400; min-block-size: 24px; cursor: pointer; }
.tick > input { flex: none; inline-size: 1.2em; block-size: 1.2em; margin-block-start: 0.15em; accent-color: var(--accent); }
.tick > span { display: grid; }
.item { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7em; padding: 0.75em; border-radius: var(--inner); background: var(--faint); }
.editor .itemhead { justify-content: space-between; }
.item .item { border: 1px solid var(--line); }
.up::before, .down::before { content: ''; inline-size: 0.5em; block-size: 0.5em; border: solid; border-width: 2px 0 0 2px; transform: translateY(0.12em) rotate(45deg); }
.down::before { transform: translateY(-0.12em) rotate(225deg); }
.editor .add, .editor .start { justify-self: start; }
.editor .button[aria-disabled='true'] { opacity: 0.45; cursor: default; }
.savebar { position: sticky; inset-block-end: 0; z-index: 1; display: grid; gap: 0.6em; padding: 0.75em; margin: 0 -0.25em; border: 1px solid var(--line); border-radius: var(--inner); background: color-mix(in oklab, var(--ink) 7%, ${blackOrWhite('var(--ink)')}); box-shadow: 0 0.25em 1.5em oklch(0 0 0 / 0.18); }
.telling:empty, .savebar:not(:has(.acts)):not(:has(.told)) { display: none; }
.told { font-weight: 600; }
.told:focus { outline-offset: 4px; }
.warn { padding-inline-start: 0.75em; border-inline-start: 0.25em solid oklch(0.75 0.15 75); }
.ask { flex-basis: 100%; display: grid; gap: 0.75em; padding: 1em; border: 1px solid var(--line); border-radius: var(--inner); background: var(--faint); justify-items: start; }
.ask > .f { inline-size: 100%; }
.steps { display: grid; gap: 0.6em; }
.steps > li { display: grid; gap: 0.15em; padding-inline-start: 0.9em; border-inline-start: 2px solid var(--line); }
.steps q { quotes: none; white-space: pre-wrap; }
.people > li { padding: 0.35em 0; border-block-end: 1px solid var(--line); }
.people > li > .numbers:first-child { min-inline-size: 2em; }
.editor .claim { display: grid; gap: 0.3em; }
.editor .claim dd { font-size: 1em; font-weight: 400; white-space: pre-wrap; }
.editor .claim dt { color: var(--muted); font-weight: 400; }
.w_lapsed b, .w_disqualified b { text-decoration: line-through; }
.paper { display: grid; gap: 0.75em; padding: 1.25em; border: 1px solid var(--line); border-radius: var(--inner); }
.paper .subtitle { margin-block-start: 0.5em; }
.prose { white-space: pre-wrap; }
.plain { display: grid; gap: 0.4em; }
.plain > li { padding-inline-start: 0.9em; border-inline-start: 2px solid var(--line); }
.plain .small { display: block; }
.paper a { color: var(--accent-ink); display: inline-block; min-block-size: 24px; }
.editor + .nothing, .nothing { padding: 2em 0; text-align: center; display: grid; gap: 0.5em; justify-items: center; }
@container (max-width: 30em) { .part { padding-inline: 0.75em; } .savebar .acts > * { flex: 1; } .savebar { position: static; } .editor [type='datetime-local'] { padding-inline: 0.3em; font-size: 0.875em; } }
@media (pointer: coarse) { .editor .button, .editor .tab, .part > summary, .editor .tick, .contest .open { min-block-size: 44px; } }
@media (forced-colors: active) { .item, .savebar { border: 1px solid; } .editor .tab[aria-pressed='true'] { border: 2px solid Highlight; } .tick > input { accent-color: auto; } }
`;
