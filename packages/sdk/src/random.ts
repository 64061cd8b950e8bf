/** 122 or more random bits as text. `crypto.randomUUID` is missing on pages served without TLS. */
export function randomKey(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  );
}
