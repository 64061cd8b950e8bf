import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The form of what `seal` writes; another one, or another key, gets another number. */
const version = 1;
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts a text for storage (AES-256-GCM, a random 96-bit IV) as base64url.
 * @param place - where it is kept; it opens nowhere else
 */
export function seal(key: Buffer, text: string, place: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * Decrypts what `seal` wrote.
 * @throws Error when the key or the place is another one, or a bit was changed
 */
export function unseal(key: Buffer, sealed: string, place: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes[0] !== version) throw new Error('Sealed in a form this version does not know.');
  const iv = bytes.subarray(1, 1 + ivLength);
  const tag = bytes.subarray(1 + ivLength, 1 + ivLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(place));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(1 + ivLength + tagLength)), decipher.final()]).toString('utf8');
}
