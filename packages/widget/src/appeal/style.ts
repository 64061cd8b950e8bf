import { css } from '../styles/css.ts';
import { form } from '../styles/form.ts';

/** Referrals that are checked or were not counted. */
export const style: string =
  form +
  css`
.reviews { display: grid; gap: 0.6em; }
.reviews .list { display: grid; gap: 0.75em; padding-block-start: 0.35em; }
.review { display: grid; gap: 0.5em; justify-items: start; padding: 0.85em 1em; border: 1px solid var(--line); border-radius: var(--inner); }
.review .name { white-space: normal; overflow-wrap: anywhere; font-weight: 600; }
.review time { unicode-bidi: plaintext; }
.review > ul { display: grid; gap: 0.2em; }
.review > .form { inline-size: 100%; }
.note { display: flex; align-items: baseline; gap: 0.6em; }
`;
