const longest = 500;

/** The beginning of an answer's body as text that is safe to keep and show: no control characters, well-formed, cut. */
export function snippetOf(body: Buffer): string | null {
  const text = body
    .toString('utf8')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '')
    .slice(0, longest)
    .toWellFormed()
    .trim();
  return text === '' ? null : text;
}
