import fc from 'fast-check';
import decode from 'qr/decode.js';
import { expect, test } from 'vitest';
import { type Drawing, drawingOf } from './drawing.ts';

/** The drawing as a picture of four pixels a module, by no more of SVG than it uses. */
function pictureOf({ size, path }: Drawing) {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4;
      data.fill(0, from, from + Number(run) * scale * 4);
      for (let at = from + 3; at < from + Number(run) * scale * 4; at += 4) data[at] = 255;
    }
  }
  return { width, height: width, data };
}

test('what is drawn reads as the link, by a reader of other people’s making', () => {
  for (const link of [
    'https://fernway.example/r/MIRA-7K2F?channel=qr',
    'https://x.example/r/abc',
    `https://shop.example/r/${'x'.repeat(300)}`,
  ]) {
    expect(decode(pictureOf(drawingOf(link)))).toBe(link);
  }
});

test('any code reads', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w-]{3,40}$/), (code) => {
      const link = `https://shop.example/r/${code}?channel=qr`;
      expect(decode(pictureOf(drawingOf(link)))).toBe(link);
    }),
    { numRuns: 40 },
  );
});

test('four modules around it stay white', () => {
  const { size, path } = drawingOf('https://x.example/r/abc');
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (const place of [Number(x), Number(y), size - 1 - Number(y), size - Number(x) - Number(run)])
      expect(place).toBeGreaterThanOrEqual(4);
  }
});
