import { css } from './css.ts';

/**
 * Relative luminance above which black text has more contrast than white. At the crossing both have 4.58:1, so the
 * better of the two is never below 4.5:1 (WCAG 2.2, 1.4.3).
 */
export const blackTextFrom = 0.1791;

/** CSS: black or white, whichever is better to read on a colour, and so to set it on. */
export const blackOrWhite = (colour: string): string =>
  `color(from ${colour} xyz-d65 ${[0.9505, 1, 1.089]
    .map((white) => `clamp(0, (${blackTextFrom} - y) * 100000, ${white})`)
    .join(' ')})`;

const ink = (share: number) => `color-mix(in oklch, var(--ink) ${share}%, transparent)`;
/**
 * Design tokens. The host sets at most accent, surface and text; unset, text and surface are the page's own. All other
 * colours are mixed from these three, so they fit light and dark pages alike.
 */
export const tokens: string = css`
:host { display: block !important; min-inline-size: min(100%, 15em); }
:host([hidden]) { display: none !important; }
.laurel {
  --accent: var(--laurel-accent, oklch(0.54 0.12 158));
  --on-accent: ${blackOrWhite('var(--accent)')};
  --under-accent: ${blackOrWhite('var(--on-accent)')};
  --on-surface: ${blackOrWhite('var(--laurel-surface)')};
  --ink: var(--laurel-text, var(--on-surface, currentcolor));
  --surface: var(--laurel-surface, transparent);
  --muted: ${ink(76)};
  --line: ${ink(15)};
  --faint: ${ink(5)};
  --hover: ${ink(9)};
  --tint: color-mix(in oklch, var(--accent) 12%, transparent);
  --accent-ink: color-mix(in oklab, var(--accent) 45%, var(--ink));
  --radius: var(--laurel-radius, 0.875em);
  --inner: calc(var(--radius) * 0.6);
  --gap: var(--laurel-gap, 1.25em);
  position: relative;
  display: grid;
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
:host([theme]) .laurel {
  --ink: var(--laurel-text, light-dark(#1b1f1d, #eceeec));
  --surface: var(--laurel-surface, light-dark(#fff, #171a19));
  color-scheme: light dark;
}
:host([theme='light']) .laurel { color-scheme: light; }
:host([theme='dark']) .laurel { color-scheme: dark; }
@supports not (color: color(from red xyz-d65 x y z)) {
  .laurel { --on-accent: #fff; --accent: color-mix(in srgb, var(--laurel-accent, #17714a) 62%, #000); --on-surface: initial; }
}
@media (prefers-contrast: more) { .laurel { --muted: var(--ink); --line: ${ink(60)}; --accent-ink: var(--ink); } }
`;
