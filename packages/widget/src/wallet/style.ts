import { css } from '../styles/css.ts';

/** Rewards: milestones, sums, and the list. */
export const style: string = css`
.wallet { display: grid; gap: 1em; align-content: start; padding-block-start: var(--gap); border-block-start: 1px solid var(--line); }
.sums, .milestones { display: grid; gap: 0.75em; align-content: start; align-items: start; }
.sums { grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr)); }
.sums:empty { display: none; }
.milestones > li, .balance { display: grid; gap: 0.5em; align-content: start; padding: 0.9em 1em; border-radius: var(--inner); }
.milestones > li { background: var(--tint); }
.balance { border: 1px solid var(--line); }
.goal, .sum { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0.1em 1em; }
.wallet .name { min-inline-size: 0; white-space: normal; overflow-wrap: anywhere; }
.worth, .sum dd { max-inline-size: 100%; overflow-wrap: anywhere; font-weight: 600; font-size: 1em; }
.meter { appearance: none; inline-size: 100%; block-size: 0.5em; border: 0; border-radius: 1em; overflow: hidden; background: linear-gradient(var(--accent) 0 0) 0 0 / var(--done) 100% no-repeat var(--hover); }
.meter:dir(rtl) { background-position-x: 100%; }
.meter::-webkit-progress-bar { background: none; }
.meter::-webkit-progress-value { background: none; }
.meter::-moz-progress-bar { background: none; }
.balance dl { display: grid; gap: 0.3em; }
.sum.earned { flex-direction: column-reverse; align-items: stretch; gap: 0; margin-block-end: 0.25em; }
.sum.earned dd { font-size: 1.75em; }
.balance .earned { --dot: var(--accent); }
.balance .checked { --dot: oklch(0.75 0.15 80); }
.balance .onItsWay { --dot: color-mix(in oklch, var(--accent) 55%, var(--hover)); }
.balance .paid { --dot: color-mix(in oklch, var(--ink) 28%, transparent); }
.sum dt { color: var(--muted); }
.sum dt, .state { display: flex; align-items: baseline; gap: 0.5em; }
.sum dt::before, .state::before { content: ''; flex: none; inline-size: 0.6em; block-size: 0.6em; border-radius: 1em; background: var(--dot, var(--line)); }
.shares { display: flex; gap: 2px; block-size: 0.5em; border-radius: 1em; overflow: hidden; background: var(--hover); }
.shares > i { flex-basis: 0; background: var(--dot); }
.rewards { border-block-start: 1px solid var(--line); }
.reward { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.15em 1em; padding-block: 0.65em; border-block-end: 1px solid var(--line); }
.what { flex: 1 1 8em; min-inline-size: 0; }
.gain { display: grid; justify-items: end; max-inline-size: 100%; text-align: end; }
.what, .gain { display: grid; align-content: start; gap: 0.1em; }
.wallet time { unicode-bidi: plaintext; }
.state { color: var(--muted); }
.approved .state, .fulfilled .state { --dot: var(--accent); color: var(--accent-ink); font-weight: 600; }
.held .state, .waiting .state { --dot: oklch(0.75 0.15 80); }
.gone .worth { color: var(--muted); font-weight: 400; }
.coupon { flex: 1 0 100%; display: flex; gap: 0.5em; padding-block-start: 0.35em; }
.coupon > .field { flex: 1; padding-block: 0.35em; font-weight: 600; }
.quiet { padding: 0.35em 0.75em; font-size: 0.875em; }
.wallet > .quiet { justify-self: center; }
@media (forced-colors: active) {
  .milestones > li { border: 1px solid; }
  .meter { border: 1px solid; background: linear-gradient(Highlight 0 0) 0 0 / var(--done) 100% no-repeat Canvas; forced-color-adjust: none; }
  .state::before, .sum dt::before, .shares { forced-color-adjust: none; }
  .balance { border: 1px solid; }
}
`;
