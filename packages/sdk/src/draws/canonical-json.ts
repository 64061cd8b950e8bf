import canonicalize from 'canonicalize';

// Its types speak of a default export, which Node and bundlers unwrap.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

/** JSON writes half a surrogate pair as an escape, and nothing else from U+D800 to U+DFFF. */
const halfPair = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/**
 * A value as JSON in the one form of RFC 8785 (JCS): members sorted by UTF-16, no spaces, numbers as ECMAScript writes them.
 * @throws TypeError for what JSON cannot say: a number that is not finite, a text with half a surrogate pair, nothing at all
 */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError('Expected a value that JSON can say.');
  if (halfPair.test(text)) throw new TypeError('A text holds half a surrogate pair.');
  return text;
}
