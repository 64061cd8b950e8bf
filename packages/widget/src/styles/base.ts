import { css } from './css.ts';

/** What stands before anything is known: the card, its skeleton, the live region. */
export const base = css`
*, ::before, ::after { box-sizing: border-box; }
.card {
  display: flex;
  flex-direction: column;
  gap: var(--gap);
  padding: var(--gap);
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: var(--radius);
}
.said { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.board { gap: 0.9em; }
.podium { min-block-size: 13.75em; }
.bones { animation: breathe 1.6s 0.5s ease-in-out infinite alternate; }
.bones > i { border-radius: var(--inner); background: var(--hover); }
.bones > .bone-title { inline-size: 11em; block-size: 1.9em; }
.bones > .bone-tabs { inline-size: 12em; block-size: 2.15em; }
.bones > .bone-place { block-size: 2.75em; }
.bones > .podium { background: none; }
.bones > .bone-rows {
  flex: 1; margin-block-start: 2.25em; min-block-size: calc(var(--rows) * 3.25em + 3.9em); border-radius: 0;
  background:
    radial-gradient(circle at 1.5em 1.6em, var(--hover) 1em, transparent 1.05em) 0 0 / 100% 3.25em,
    radial-gradient(circle at 4.4em 1.6em, var(--hover) 0.9em, transparent 0.95em) 0 0 / 100% 3.25em,
    linear-gradient(transparent 1.1em, var(--hover) 0 1.9em, transparent 0) 6em 0 / 40% 3.25em repeat-y,
    linear-gradient(transparent 1.1em, var(--hover) 0 1.9em, transparent 0) 100% 0 / 3em 3.25em repeat-y;
}
.laurel:dir(rtl) .bone-rows { scale: -1 1; }
.bones > .bone-foot { inline-size: 60%; block-size: 3.75em; }
.bone-invite { min-block-size: 36.5em; }
.bone-join { min-block-size: 19.2em; }
.bone-invite::before, .bone-join::before {
  content: ''; flex: 1;
  background:
    linear-gradient(var(--hover) 0 0) 0 0 / 70% 1.6em,
    linear-gradient(var(--hover) 0 0) 0 2.4em / 90% 1em,
    linear-gradient(var(--hover) 0 0) 0 5em / 100% 2.75em,
    linear-gradient(var(--hover) 0 0) 0 100% / 100% 5.5em;
  background-repeat: no-repeat;
}
@container (max-width: 22em) { .card { --gap: var(--laurel-gap, 1em); } }
@container (max-width: 32em) { .bones > .bone-place { block-size: 4.3em; } }
@container (max-width: 22em) {
  .bones > .bone-title { block-size: 4.8em; }
  .bones > .bone-place { block-size: 5.7em; }
}
@container (min-width: 26em) { .bone-invite { min-block-size: 28.5em; } }
@container (min-width: 44em) {
  .bone-invite { min-block-size: 16.2em; }
  .bone-join { min-block-size: 11.1em; }
}
@keyframes breathe { to { opacity: 0.45; } }
.blank { visibility: hidden; }
@media (prefers-reduced-motion: reduce) { .bones { animation: none; } }
`;
