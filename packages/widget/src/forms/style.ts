import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';
import { blackOrWhite } from '../styles/tokens.ts';

/** What editors for staff have in common: lists, tabs, parts that open, fields, rows, the bar that saves. */
export const editorStyle: string =
  form +
  css`
.editor { overflow-wrap: anywhere; }
.editor .input { min-inline-size: 0; max-inline-size: 100%; }
.editor .input, .editor .button, .editor summary, .editor .tick > input { scroll-margin-block: 1em 7em; }
.editor select, .editor textarea { font: inherit; color: inherit; }
.editor select.input { min-block-size: 2.6em; background: color-mix(in oklab, var(--ink) 4%, ${blackOrWhite('var(--ink)')}); }
.editor .input:disabled { opacity: 1; color: var(--muted); background: var(--faint); border-style: dashed; }
.editor .head, .editor .acts, .editor .itemhead, .editor .tick, .editor .people > li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5em; }
.editor .head { justify-content: space-between; grid-template-columns: none; }
.editor .grow { flex: 1; min-inline-size: min(8em, 100%); }
.editor .tabs { display: flex; flex-wrap: wrap; gap: 0.25em; min-block-size: 0; background: none; padding: 0; }
.editor .tab { padding: 0.35em 0.9em; min-block-size: 2.2em; border: 1px solid transparent; border-radius: 2em; background: none; color: var(--muted); font-weight: 600; cursor: pointer; }
.editor .tab[aria-pressed='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
.editor .badge { flex: none; padding: 0.15em 0.7em; border-radius: 1em; background: var(--hover); color: var(--ink); font-size: 0.8125em; white-space: nowrap; }
.editor .small.button { padding: 0.35em 0.8em; font-size: 0.875em; min-block-size: 28px; }
.editor .listed { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.2em 0.75em; align-items: center; padding: 0.8em 1em; border: 1px solid var(--line); border-radius: var(--inner); }
.editor .listed:hover { background: var(--faint); }
.editor .listed .open { text-align: start; border: 0; background: none; font-weight: 600; cursor: pointer; min-block-size: 24px; }
.editor .listed .open::after { content: ''; position: absolute; inset: 0; border-radius: var(--inner); }
.editor .listed .name { white-space: normal; }
.editor .listed .dates { grid-column: 1 / -1; }
.editor .settings, .editor .run, .editor .preview, .editor .rowlist, .editor .rowlist > ol, .editor .block { display: grid; gap: 0.9em; grid-template-columns: minmax(0, 1fr); align-content: start; }
.editor .part { border: 1px solid var(--line); border-radius: var(--inner); padding: 0 1em; min-inline-size: 0; }
.editor .part > summary { display: flex; align-items: center; gap: 0.6em; padding: 0.75em 0; cursor: pointer; list-style: none; }
.editor .part > summary::before { content: ''; flex: none; inline-size: 0.5em; block-size: 0.5em; border: solid; border-width: 0 2px 2px 0; transform: rotate(-45deg); opacity: 0.6; }
.editor .part > summary::-webkit-details-marker { display: none; }
.editor .part[open] > summary::before { transform: rotate(45deg); }
.editor .part[open] { padding-block-end: 1em; }
.editor .subtitle { font-size: 1em; font-weight: 650; line-height: 1.3; }
.editor .part > .note { margin-block-end: 0.75em; }
.editor .grid { display: grid; gap: 0.9em 1em; grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr)); align-items: start; }
.editor .grid > .whole, .editor .grid > .rowlist { grid-column: 1 / -1; }
.editor .f { display: grid; gap: 0.3em; align-content: start; min-inline-size: 0; border: 0; }
.editor .f > label, .editor .f > legend { font-weight: 600; }
.editor .f > p:empty { display: none; }
.editor .f > legend { margin-block-end: 0.4em; }
.editor .few > .input { max-inline-size: 10em; }
.editor .tick > span > *, .editor .f > label > span { unicode-bidi: isolate; }
.editor .choose { gap: 0.6em; }
.editor .tick { flex-wrap: nowrap; align-items: start; font-weight: 400; min-block-size: 24px; cursor: pointer; }
.editor .tick > input { flex: none; inline-size: 1.2em; block-size: 1.2em; margin-block-start: 0.15em; accent-color: var(--accent); }
.editor .tick > span { display: grid; }
.editor .item { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7em; padding: 0.75em; border-radius: var(--inner); background: var(--faint); }
.editor .itemhead { justify-content: space-between; }
.editor .item .item { border: 1px solid var(--line); }
.editor .up::before, .editor .down::before { content: ''; inline-size: 0.5em; block-size: 0.5em; border: solid; border-width: 2px 0 0 2px; transform: translateY(0.12em) rotate(45deg); }
.editor .down::before { transform: translateY(-0.12em) rotate(225deg); }
.editor .add, .editor .start { justify-self: start; }
.editor .button[aria-disabled='true'] { opacity: 0.45; cursor: default; }
.editor .savebar { position: sticky; inset-block-end: 0; z-index: 1; display: grid; gap: 0.6em; padding: 0.75em; margin: 0 -0.25em; border: 1px solid var(--line); border-radius: var(--inner); background: color-mix(in oklab, var(--ink) 7%, ${blackOrWhite('var(--ink)')}); box-shadow: 0 0.25em 1.5em oklch(0 0 0 / 0.18); }
.editor .telling:empty, .editor .savebar:not(:has(.acts)):not(:has(.told)) { display: none; }
.editor .told { font-weight: 600; }
.editor .told:focus { outline-offset: 4px; }
.editor .warn { padding-inline-start: 0.75em; border-inline-start: 0.25em solid oklch(0.75 0.15 75); }
.editor .ask { flex-basis: 100%; display: grid; gap: 0.75em; padding: 1em; border: 1px solid var(--line); border-radius: var(--inner); background: var(--faint); justify-items: start; }
.editor .ask > .f { inline-size: 100%; }
.nothing { padding: 2em 0; text-align: center; display: grid; gap: 0.5em; justify-items: center; }
@container (max-width: 30em) { .editor .part { padding-inline: 0.75em; } .editor .savebar .acts > * { flex: 1; } .editor .savebar { position: static; } .editor [type='datetime-local'] { padding-inline: 0.3em; font-size: 0.875em; } }
@media (pointer: coarse) { .editor .button, .editor .tab, .editor .part > summary, .editor .tick, .editor .listed .open { min-block-size: 44px; } }
@media (forced-colors: active) { .editor .item, .editor .savebar { border: 1px solid; } .editor .tab[aria-pressed='true'] { border: 2px solid Highlight; } .editor .tick > input { accent-color: auto; } }
`;
