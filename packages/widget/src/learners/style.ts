import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';
import { blackOrWhite } from '../styles/tokens.ts';

/** Those who learn. */
export const style: string =
  form +
  css`
.cohortview .head, .cohortview .acts, .cohortview .tabs { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
.cohortview .head { justify-content: space-between; grid-template-columns: none; }
.cohortview .input { min-inline-size: 0; }
.cohortview select { background: linear-gradient(var(--surface), var(--surface)), ${blackOrWhite('var(--ink)')}; }
.cohortview .tabs { gap: 0.25em; min-block-size: 0; background: none; padding: 0; }
.cohortview .tab { padding: 0.35em 0.9em; min-block-size: 2.2em; border: 1px solid transparent; border-radius: 2em; background: none; color: var(--muted); font-weight: 600; cursor: pointer; }
.cohortview .tab[aria-pressed='true'] { background: var(--hover); color: var(--ink); border-color: var(--line); }
.cohortview .badge { flex: none; padding: 0.15em 0.7em; border-radius: 1em; background: var(--hover); color: var(--ink); font-size: 0.8125em; white-space: nowrap; }
.cohortview .small.button { padding: 0.35em 0.8em; font-size: 0.875em; min-block-size: 28px; }
.cohortview .subtitle { font-size: 1em; font-weight: 650; overflow-wrap: anywhere; }
.cohortview .f { display: grid; gap: 0.3em; }
.cohortview .tick { display: flex; gap: 0.5em; align-items: center; min-block-size: 28px; }
.cohortview .tick > input { inline-size: 1.2em; block-size: 1.2em; accent-color: var(--accent); }
.cohortview .ask { display: grid; gap: 0.75em; padding: 1em; border: 1px solid var(--line); border-radius: var(--inner); background: var(--faint); }
.cohortview .told { font-weight: 600; }
.cohortview .telling:empty { display: none; }
.cohortview .warn { padding-inline-start: 0.75em; border-inline-start: 0.25em solid oklch(0.75 0.15 75); }
.cohortview .filters { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center; }
.cohortview .filters > .input { flex: 1 1 11em; inline-size: auto; min-block-size: 2.6em; padding-block: 0.35em; }
.cohortview .tabs { align-items: center; }
.cohortview .pill { margin-inline-start: auto; border-radius: 2em; }
.cohortview .both { display: grid; gap: 1.25em; grid-template-columns: minmax(0, 1fr); align-items: start; }
.cohortview .rows { display: grid; gap: 0.75em; justify-items: start; min-inline-size: 0; overflow-x: auto; }
.cohortview .rows[aria-busy='true'] { min-block-size: 24em; inline-size: 100%; background: linear-gradient(var(--hover) 1.2em, transparent 0) 0 1em / 100% 3.1em; }
.cohortview .people { inline-size: 100%; border-collapse: collapse; }
.cohortview .people th, .cohortview .people td { padding: 0.55em 0.6em; text-align: start; border-block-end: 1px solid var(--line); vertical-align: middle; font-weight: 400; }
.cohortview thead th { font-size: 0.8125em; }
.cohortview tbody tr:hover, .cohortview tr[aria-current] { background: var(--faint); }
.cohortview tr[aria-current] > th { box-shadow: inset 0.2em 0 var(--accent); }
:host(:dir(rtl)) .cohortview tr[aria-current] > th { box-shadow: inset -0.2em 0 var(--accent); }
.cohortview .open { display: inline-block; max-inline-size: 16em; border: 0; background: none; text-align: start; font-weight: 650; cursor: pointer; min-block-size: 28px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: middle; }
.cohortview .people .name { white-space: inherit; }
.cohortview .open:hover { text-decoration: underline; text-underline-offset: 0.2em; }
.cohortview .badge.odd { margin-inline-start: 0.5em; border-inline-start: 0.25em solid oklch(0.75 0.15 75); border-radius: 0.3em; white-space: normal; }
.cohortview .under { display: none; unicode-bidi: normal; }
.cohortview .far { display: flex; flex-wrap: wrap; gap: 0.15em 0.6em; align-items: center; white-space: nowrap; }
.cohortview .meter { flex: 0 0 5em; block-size: 0.4em; border-radius: 1em; background: var(--hover); overflow: hidden; }
.cohortview .meter > i { display: block; block-size: 100%; border-radius: inherit; background: var(--accent); }
.cohortview .pale .meter > i { background: color-mix(in oklab, var(--accent) 45%, transparent); }
.cohortview .funneled .meter { flex-basis: 9em; block-size: 0.7em; border-radius: 3px; }
.cohortview .when { white-space: nowrap; }
.cohortview th bdi { overflow-wrap: anywhere; }
.cohortview thead th { white-space: nowrap; }
.cohortview .someone { display: grid; gap: 0.75em; padding: 1em; border: 1px solid var(--line); border-radius: var(--inner); background: var(--faint); min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.cohortview .personhead { display: flex; gap: 0.5em; justify-content: space-between; align-items: start; }
.cohortview .someone .ask, .cohortview .ask > .f { inline-size: 100%; }
.cohortview .events { display: grid; gap: 0.7em; }
.cohortview .events[aria-busy='true'] { min-block-size: 8em; }
.cohortview .events > li { display: grid; justify-items: start; gap: 0.1em; padding-inline-start: 0.8em; border-inline-start: 2px solid var(--line); }
.cohortview .events .badge { margin: 0; }
.cohortview code { font-family: ui-monospace, Menlo, monospace; overflow-wrap: anywhere; }
.cohortview .chart { display: grid; gap: 0.9em; grid-template-columns: minmax(0, 1fr); }
.cohortview .verdict { font-size: 1.15em; font-weight: 650; }
.cohortview .heat { display: flex; align-items: end; gap: 2px; block-size: 10em; direction: ltr; border-block-end: 1px solid var(--line); }
.cohortview .heat > span { flex: 1; display: flex; align-items: end; min-inline-size: 1px; border-radius: 2px 2px 0 0; background: color-mix(in oklab, var(--accent) 35%, transparent); overflow: hidden; }
.cohortview .heat > span > i { inline-size: 100%; background: var(--accent); opacity: 0.75; }
.cohortview .heat > .peak { background: color-mix(in oklab, oklch(0.75 0.15 75) 80%, transparent); }
.cohortview .axis { display: flex; justify-content: space-between; margin-block-start: -0.6em; }
.cohortview .legend { display: flex; flex-wrap: wrap; gap: 0.3em 0.6em; align-items: center; }
.cohortview .swatch { inline-size: 0.9em; block-size: 0.9em; border-radius: 2px; background: var(--accent); opacity: 0.8; }
.cohortview .swatch.pale { background: color-mix(in oklab, var(--accent) 35%, transparent); opacity: 1; margin-inline-start: 0.6em; }
.cohortview summary { cursor: pointer; min-block-size: 28px; }
.cohortview .hollow { padding: 2em 1.25em; border: 1px dashed var(--line); border-radius: var(--inner); text-align: center; }
@container (min-width: 52em) { .cohortview .with { grid-template-columns: minmax(0, 3fr) minmax(17em, 2fr); } .cohortview .with .side { display: none; } .cohortview .with .under { display: block; } .cohortview .someone { position: sticky; inset-block-start: 0.75em; } }
@container (max-width: 42em) { .cohortview .side { display: none; } .cohortview .people .under { display: block; } .cohortview .meter, .cohortview .funneled .meter { flex-basis: 3.5em; } }
@container (max-width: 26em) { .cohortview .people th, .cohortview .people td { padding-inline: 0.3em; } .cohortview .open { max-inline-size: 9em; } .cohortview .people { font-size: 0.875em; } .cohortview .when { white-space: normal; } }
@media (pointer: coarse) { .cohortview .open, .cohortview .button { min-block-size: 44px; } }
@media (forced-colors: active) { .cohortview .meter, .cohortview .heat > span, .cohortview .swatch { border: 1px solid; } .cohortview .meter > i, .cohortview .heat > span > i { background: Highlight; forced-color-adjust: none; } }
`;
