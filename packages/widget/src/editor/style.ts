import { editorStyle } from '../forms/style.ts';
import { css } from '../styles/css.ts';

/** The editor of contests. */
export const style: string =
  editorStyle +
  css`
.editor .st_live, .editor .w_claimed .badge { background: var(--accent); color: var(--on-accent); }
.editor .contests { display: grid; gap: 0.5em; }
.editor .contests[aria-busy='true'] { min-block-size: 12em; }
.editor .run { gap: 1.75em; }
.editor .events { display: grid; gap: 0.6em; }
.editor .events > li { display: grid; gap: 0.15em; padding-inline-start: 0.9em; border-inline-start: 2px solid var(--line); }
.editor .events q { quotes: none; white-space: pre-wrap; }
.editor .people > li { padding: 0.35em 0; border-block-end: 1px solid var(--line); }
.editor .people > li > .numbers:first-child { min-inline-size: 2em; }
.editor .claim { display: grid; gap: 0.3em; }
.editor .claim dd { font-size: 1em; font-weight: 400; white-space: pre-wrap; }
.editor .claim dt { color: var(--muted); font-weight: 400; }
.editor .w_lapsed b, .editor .w_disqualified b { text-decoration: line-through; }
.editor .paper { display: grid; gap: 0.75em; padding: 1.25em; border: 1px solid var(--line); border-radius: var(--inner); }
.editor .paper .subtitle { margin-block-start: 0.5em; }
.editor .about { white-space: pre-wrap; }
.editor .plain { display: grid; gap: 0.4em; }
.editor .plain > li { padding-inline-start: 0.9em; border-inline-start: 2px solid var(--line); }
.editor .plain .small { display: block; }
.editor .paper a { color: var(--accent-ink); display: inline-block; min-block-size: 24px; }
`;
