import { css } from '../styles/css.ts';

/** The banner of an invited visitor; the room it takes is kept by the skeleton. */
export const style: string = css`
.invited { flex-direction: row; align-items: center; gap: 0.9em; padding: 0.9em 1em; background: linear-gradient(var(--tint) 0 0) var(--surface); border-color: color-mix(in oklch, var(--accent) 35%, transparent); }
.invited > .words { flex: 1; min-inline-size: 0; display: grid; gap: 0.2em; overflow-wrap: anywhere; }
.invited .title { font-size: 1.0625em; }
.offer { font-weight: 400; }
.gift { flex: none; display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; border-radius: 2em; background: var(--accent); color: var(--on-accent); }
.away { align-self: start; flex: none; display: grid; place-items: center; inline-size: 2em; block-size: 2em; margin: -0.25em -0.35em 0 0; border: 0; border-radius: 2em; background: none; color: var(--muted); cursor: pointer; }
.away:dir(rtl) { margin: -0.25em 0 0 -0.35em; }
.away:hover { background: var(--hover); color: var(--ink); }
@container (max-width: 22em) { .gift { display: none; } }
@media (pointer: coarse) { .away { inline-size: 44px; block-size: 44px; } }
@media (forced-colors: active) { .gift, .away { border: 1px solid; } }
`;
