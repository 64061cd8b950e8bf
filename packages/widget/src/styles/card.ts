import { css } from './css.ts';

/** The referral card. */
export const card: string = css`
.invite, .stranger, .head, .funnel { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--gap); align-content: start; }
.head { gap: 0.35em; }
.linkbox { display: flex; flex-wrap: wrap; gap: 0.5em; }
.linkbox > * { flex: auto; }
.field { inline-size: 100%; min-inline-size: 0; border: 1px dashed var(--accent-ink); text-overflow: ellipsis; direction: ltr; }
.targets, .stats { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.4em; }
.targets { grid-auto-rows: 3.5em; min-block-size: 7.4em; }
.tools { margin-block-start: -0.5em; min-block-size: 2.75em; }
.funnel { gap: 0.75em; padding-block-start: var(--gap); border-block-start: 1px solid var(--line); }
.stats { gap: 0.75em; }
.stats > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dd { font-size: 1.75em; line-height: 1.2; }
dd > .bar { margin-block-end: 0.2em; background: var(--hover); }
.print { min-block-size: 2.25em; }
.big { min-block-size: 45.1em; }
.less { min-block-size: 20em; }
@container (max-width: 24em) { .tools { min-block-size: 3.5em; } .less { min-block-size: 21.4em; } }
@container (min-width: 26em) {
  .linkbox { flex-wrap: nowrap; }
  .linkbox > .button { flex: none; }
  .targets { grid-template-columns: repeat(6, minmax(0, 1fr)); min-block-size: 3.5em; }
  .big { min-block-size: 34.8em; }
}
@container (min-width: 44em) {
  .invite, .stranger { grid-template-columns: minmax(0, 1.6fr) minmax(14em, 1fr); column-gap: calc(var(--gap) * 2); }
  .funnel { grid-area: 1 / 2 / span 4; padding-block-start: 0; border-block-start: 0; padding-inline-start: var(--gap); border-inline-start: 1px solid var(--line); }
  .big { min-block-size: 21.4em; }
  .less { min-block-size: 12.6em; }
}
`;
