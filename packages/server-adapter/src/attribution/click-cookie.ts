import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The one place where the click cookie gets its name: one cookie for each programme. */
export const clickCookieName = (program: string) => `laurel_click_${program}`;

const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 16;

/** Sealed (AES-256-GCM), so that a visitor cannot see whether the link they followed led to anybody. */
function seal(key: Buffer, program: string, clickId: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(program));
  const sealed = cipher.update(Buffer.from(clickId.replaceAll('-', ''), 'hex'));
  return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function unseal(key: Buffer, program: string, value: string): string | null {
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.length !== nonceBytes + idBytes + tagBytes || bytes.toString('base64url') !== value) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(program)).setAuthTag(bytes.subarray(-tagBytes));
  try {
    const id = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
      'hex',
    );
    return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  } catch {
    return null;
  }
}

/** What a click cookie says, for how many seconds, and to whom. */
export interface ClickCookie {
  program: string;
  clickId: string;
  maxAge: number;
  secure: boolean;
  /** The domain whose subdomains all get it; `null`: the host alone. */
  domain: string | null;
}

/** A `Set-Cookie` value (RFC 6265) that carries a click: first-party, out of scripts' reach, sealed. */
export function writeClickCookie(key: Buffer, { program, clickId, maxAge, secure, domain }: ClickCookie): string {
  const attributes = [
    `${clickCookieName(program)}=${seal(key, program, clickId)}`,
    ...(domain === null ? [] : [`Domain=${domain}`]),
    ...['Path=/', `Max-Age=${maxAge}`, 'HttpOnly', 'SameSite=Lax'],
    ...(secure ? ['Secure'] : []),
  ];
  return attributes.join('; ');
}

/**
 * The click ids in a `Cookie` header that we sealed for this programme, at most three: a browser may hold one cookie of
 * the host and one of the domain above it.
 */
export function readClickCookies(key: Buffer, program: string, header: string | null | undefined): string[] {
  const prefix = `${clickCookieName(program)}=`;
  const values = (header ?? '').split(/;\s*/).filter((pair) => pair.startsWith(prefix));
  return values.slice(0, 3).flatMap((pair) => unseal(key, program, pair.slice(prefix.length)) ?? []);
}

/** The domain a programme's cookie may be set for: `null` unless the API's own host is that domain or below it. */
export function cookieDomainFor(domain: string | null, publicUrl: string | null): string | null {
  if (domain === null || publicUrl === null) return null;
  const { hostname } = new URL(publicUrl);
  return hostname === domain || hostname.endsWith(`.${domain}`) ? domain : null;
}
