import type { Drawing } from './drawing.ts';

const svgSpace = 'http://www.w3.org/2000/svg';

/** The drawing as an SVG element of a document, made without any HTML. */
export function svgOf({ size, path }: Drawing, page: Document): SVGSVGElement {
  const svg = page.createElementNS(svgSpace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  for (const [d, fill] of [
    [`M0 0h${size}v${size}H0z`, '#fff'],
    [path, '#000'],
  ] as const) {
    const part = page.createElementNS(svgSpace, 'path');
    part.setAttribute('d', d);
    part.setAttribute('fill', fill);
    svg.append(part);
  }
  return svg;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser may still be reading it.
  setTimeout(URL.revokeObjectURL, 60_000, link.href);
}

/** Hands the drawing over as an SVG file. */
export function saveSvg(drawing: Drawing, name: string): void {
  const text = new XMLSerializer().serializeToString(svgOf(drawing, document));
  save(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Hands the drawing over as a PNG file of about a thousand pixels; every module is a whole number of them. */
export function savePng({ size, path }: Drawing, name: string): void {
  const scale = Math.ceil(1000 / size);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  canvas.toBlob((blob) => blob && save(blob, `${name}.png`));
}
