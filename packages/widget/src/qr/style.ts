import { css } from '../styles/css.ts';

/** The code and what can be done with it. */
export const style: string = css`
.qr { display: flex; flex-wrap: wrap; gap: 1em; align-items: center; }
.qr > .code { flex: none; inline-size: 10em; block-size: 10em; border-radius: var(--inner); stroke: none; shape-rendering: crispEdges; forced-color-adjust: none; }
.qrways { flex: 1 1 12em; display: grid; gap: 0.75em; }
`;

/** The card on paper: as large as a postcard, black on white. */
export const sheet: string = css`
@page { margin: 15mm; }
body { margin: 0; padding: 8mm; background: #fff; color: #000; font: 12pt/1.35 system-ui, sans-serif; }
main { box-sizing: border-box; inline-size: 148mm; max-inline-size: 100%; display: flex; align-items: center; justify-content: space-between; gap: 8mm; padding: 9mm; border: 0.3mm dashed #999; border-radius: 4mm; break-inside: avoid; }
main > div { min-inline-size: 0; overflow-wrap: anywhere; }
h1 { margin: 0 0 4mm; font-size: 18pt; line-height: 1.2; }
p { margin: 0 0 1mm; }
code { font: 600 11pt/1.35 ui-monospace, monospace; }
svg { flex: none; inline-size: 52mm; block-size: 52mm; shape-rendering: crispEdges; }
@media print { body { padding: 0; } }
`;
