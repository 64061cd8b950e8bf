import { correction, generate } from 'lean-qr/nano';

/** A QR code as a drawing: black modules on a square of `size` by `size`, quiet zone included. */
export interface Drawing {
  size: number;
  /** The dark modules of each row as runs, as the `d` of an SVG path. */
  path: string;
}

/** Modules of white around the code (ISO/IEC 18004 asks for four). */
const quiet = 4;

let last: [text: string, drawing: Drawing] | undefined;

/** Draws a text as a QR code that still reads when 15 % of it is dirty. */
export function drawingOf(text: string): Drawing {
  if (last?.[0] === text) return last[1];
  const code = generate(text, { minCorrectionLevel: correction.M });
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      const from = x;
      while (code.get(x, y)) x += 1;
      if (x > from) path += `M${from + quiet} ${y + quiet}h${x - from}v1h-${x - from}z`;
    }
  }
  last = [text, { size: code.size + 2 * quiet, path }];
  return last[1];
}
