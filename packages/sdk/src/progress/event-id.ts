/** A UUIDv7 (RFC 9562 §5.7): 48 bits of time, milliseconds since 1970, then 74 random bits. */
export function eventId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Math.max(0, Math.trunc(now));
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(time / 256 ** (5 - index)) % 256;
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
