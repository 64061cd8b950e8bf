import { css } from './css.ts';

/**
 * Relative luminance above which black text has more contrast than white. At the crossing both have 4.58:1, so the
 * better of the two is never below 4.5:1 (WCAG 2.2, 1.4.3).
 */
export const blackTextFrom = 0.1791;

const blackOrWhite = (colour: string) =>
  `color(from ${colour} xyz-d65 ${[0.9505, 1, 1.089]
    .map((white) => `clamp(0, (${blackTextFrom} - y) * 100000, ${white})`)
    .join(' ')})`;

/**
 * Design tokens. The host sets at most accent, surface and text; unset, text and surface are the page's own. All other
 * colours are mixed from these three, so they fit light and dark pages alike.
 */
export const tokens = css`
:host {
  display: block !important;
  min-inline-size: min(100%, 15em);
}
:host([hidden]) { display: none !important; }
.laurel {
  --accent: var(--laurel-accent, oklch(0.54 0.12 158));
  --on-accent: ${blackOrWhite('var(--accent)')};
  --on-surface: ${blackOrWhite('var(--laurel-surface)')};
  --ink: var(--laurel-text, var(--on-surface, currentcolor));
  --surface: var(--laurel-surface, transparent);
  --muted: color-mix(in oklch, var(--ink) 76%, transparent);
  --line: color-mix(in oklch, var(--ink) 15%, transparent);
  --faint: color-mix(in oklch, var(--ink) 5%, transparent);
  --hover: color-mix(in oklch, var(--ink) 9%, transparent);
  --tint: color-mix(in oklch, var(--accent) 12%, transparent);
  --accent-ink: color-mix(in oklab, var(--accent) 45%, var(--ink));
  --good: color-mix(in oklab, oklch(0.6 0.16 150) 50%, var(--ink));
  --bad: color-mix(in oklab, oklch(0.6 0.18 35) 50%, var(--ink));
  --gold: oklch(0.8 0.14 88);
  --silver: oklch(0.76 0.02 250);
  --bronze: oklch(0.68 0.1 52);
  --radius: var(--laurel-radius, 0.875em);
  --inner: calc(var(--radius) * 0.6);
  --gap: var(--laurel-gap, 1.25em);
  position: relative;
  container-type: inline-size;
  color: var(--ink);
  font: inherit;
  font-style: normal;
  font-weight: 400;
  letter-spacing: normal;
  word-spacing: normal;
  text-transform: none;
  text-indent: 0;
  text-align: start;
  text-shadow: none;
  white-space: normal;
  overflow-wrap: break-word;
  cursor: auto;
  -webkit-text-size-adjust: 100%;
}
:host([theme='light']) .laurel { --ink: var(--laurel-text, #1b1f1d); --surface: var(--laurel-surface, #fff); color-scheme: light; }
:host([theme='dark']) .laurel { --ink: var(--laurel-text, #eceeec); --surface: var(--laurel-surface, #171a19); color-scheme: dark; }
@media (prefers-color-scheme: light) {
  :host([theme='auto']) .laurel { --ink: var(--laurel-text, #1b1f1d); --surface: var(--laurel-surface, #fff); color-scheme: light; }
}
@media (prefers-color-scheme: dark) {
  :host([theme='auto']) .laurel { --ink: var(--laurel-text, #eceeec); --surface: var(--laurel-surface, #171a19); color-scheme: dark; }
}
@supports not (color: color(from red xyz-d65 x y z)) {
  .laurel { --on-accent: #fff; --accent: color-mix(in srgb, var(--laurel-accent, #17714a) 62%, #000); --on-surface: initial; }
}
@media (prefers-contrast: more) {
  .laurel { --muted: var(--ink); --line: color-mix(in oklch, var(--ink) 60%, transparent); --accent-ink: var(--ink); }
}
`;
