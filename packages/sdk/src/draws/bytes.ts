const encoder = new TextEncoder();

/** UTF-8 of a text. @throws TypeError for half a surrogate pair: two such texts would have the same bytes */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new TypeError('A text holds half a surrogate pair.');
  return encoder.encode(text);
}

/** All parts, one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A whole number from 0 to 2⁶⁴−1 as eight bytes, the highest first. */
export function bigEndian64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}

/** Bytewise order: negative when `one` comes first. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Lower-case hexadecimal digits. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes as they are, or those that hexadecimal digits stand for. @throws TypeError for anything else */
export function bytesOf(value: Uint8Array | string): Uint8Array {
  if (typeof value === 'string') return fromHex(value);
  if (value instanceof Uint8Array) return value;
  throw new TypeError('Expected bytes (a Uint8Array) or hexadecimal digits.');
}

/**
 * The bytes of hexadecimal digits of either case.
 * @throws TypeError for anything else
 */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new TypeError('Expected an even number of hexadecimal digits.');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
