import { css } from '../styles/css.ts';

/** What a lesson is written with. */
export const style: string = css`
.author .code { font-family: ui-monospace, 'SFMono-Regular', Menlo, monospace; font-size: 0.875em; line-height: 1.55; tab-size: 2; }
.author .writing { display: grid; gap: 0.9em; grid-template-columns: minmax(0, 1fr); }
.author .sight { padding: 0.9em 1em; border: 1px solid var(--line); border-radius: var(--inner); min-block-size: 8em; display: grid; gap: 0.6em; align-content: start; min-inline-size: 0; }
.author .sight[aria-busy='true'] { border-style: dashed; }
.author .prose { display: grid; gap: 0.75em; grid-template-columns: minmax(0, 1fr); overflow-wrap: anywhere; }
.author .prose .l1 { font-size: 1.35em; line-height: 1.25; }
.author .prose .l2 { font-size: 1.15em; line-height: 1.3; }
.author .prose .l3, .author .prose .l4, .author .prose .l5, .author .prose .l6 { font-size: 1em; }
.author .prose ul { display: grid; gap: 0.3em; }
.author .prose li { display: grid; grid-template-columns: minmax(1.4em, auto) minmax(0, 1fr); gap: 0.3em; padding-inline-start: calc(var(--depth) * 1.4em); }
.author .prose pre { overflow-x: auto; padding: 0.75em; border-radius: var(--inner); background: var(--faint); }
.author .prose blockquote { padding-inline-start: 0.9em; border-inline-start: 0.2em solid var(--line); color: var(--muted); }
.author .prose hr { border: 0; border-block-start: 1px solid var(--line); }
.author .prose img { max-inline-size: 100%; border-radius: var(--inner); }
.author .prose a { color: var(--accent-ink); }
.author .wide { overflow-x: auto; }
.author .prose table { border-collapse: collapse; overflow-wrap: normal; }
.author .prose th, .author .prose td { padding: 0.35em 0.7em; border: 1px solid var(--line); text-align: start; }
.author .measured { display: grid; gap: 0.4em; justify-items: start; align-content: start; }
.author .measured > .f { inline-size: 100%; }
.author .rule { display: flex; flex-wrap: wrap; gap: 0.5em 0.75em; align-items: end; padding: 0.75em; border-radius: var(--inner); background: var(--faint); min-inline-size: 0; }
.author .rule > p { flex-basis: 100%; }
.author .rule > .button { align-self: start; }
.author .rule.group { background: none; border: 1px solid var(--line); border-inline-start: 0.2em solid var(--accent); }
.author .rulehead { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: end; flex: 1 1 100%; min-inline-size: 0; }
.author .rulehead > select { flex: 1 1 11em; inline-size: auto; }
.author .inner { display: grid; gap: 0.5em; flex: 1 1 100%; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.author .rule > select { flex: 1 1 12em; inline-size: auto; }
.author .figure { display: grid; gap: 0.2em; flex: 0 1 8em; }
.author .figure.wide { flex: 0 1 16em; }
@container (min-width: 76em) { .author .writing { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
`;
