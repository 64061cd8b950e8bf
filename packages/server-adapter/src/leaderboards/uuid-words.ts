/** A UUID (RFC 9562) as four 32-bit words, the first digits first. */
export type UuidWords = Uint32Array<ArrayBuffer>;

/** Room for one UUID. */
export const uuidWords = (): UuidWords => new Uint32Array(4);

/** The value of each hexadecimal digit by its character code. */
const values = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  values[digit.charCodeAt(0)] = value;
  values[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Where the digits of a UUID's usual form are. */
const positions = Uint8Array.from(
  [...'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'].flatMap((x, at) => (x === 'x' ? [at] : [])),
);

/** Reads a UUID in its usual form into `into`. */
export function readUuid(text: string, into: UuidWords): UuidWords {
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let digit = word * 8; digit < word * 8 + 8; digit++) {
      value = (value << 4) | (values[text.charCodeAt(positions[digit] as number) & 127] as number);
    }
    into[word] = value;
  }
  return into;
}

const digits = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'));

/** Writes the UUID whose four words begin at `offset`. */
export function writeUuid(words: Uint32Array, offset = 0): string {
  const [a, b, c, d] = [words[offset], words[offset + 1], words[offset + 2], words[offset + 3]] as UuidTuple;
  const first = `${digits[a >>> 16]}${digits[a & 0xffff]}-${digits[b >>> 16]}-${digits[b & 0xffff]}`;
  return `${first}-${digits[c >>> 16]}-${digits[c & 0xffff]}${digits[d >>> 16]}${digits[d & 0xffff]}`;
}

type UuidTuple = [number, number, number, number];
