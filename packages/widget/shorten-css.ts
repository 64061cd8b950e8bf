/** Shortens the CSS in template literals marked `css` when a bundle is made. */
export function shortenCss(code: string, file: string): string | undefined {
  if (!/\/styles?(\/[a-z]+)?\.ts$/.test(file)) return undefined;
  return code.replace(/(?<=css`)[^`]*(?=`;)/g, (text) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,>]) ?/g, '$1')
      .replace(/(?<![\d.])0\./g, '.')
      .replace(/: (?![a-z-]+[^;{]*\{)/g, ':')
      .replace(/;}/g, '}')
      .trim(),
  );
}
