import { createHmac, timingSafeEqual } from 'node:crypto';

/** The one place where the click cookie gets its name: one cookie for each programme. */
export const clickCookieName = (program: string) => `laurel_click_${program}`;

const sign = (key: Buffer, program: string, clickId: string) =>
  createHmac('sha256', key).update(`${program}.${clickId}`).digest('base64url');

/** A `Set-Cookie` value (RFC 6265) that carries a click: first-party, out of scripts' reach, signed. */
export function writeClickCookie(
  key: Buffer,
  { program, clickId, maxAge, secure }: { program: string; clickId: string; maxAge: number; secure: boolean },
): string {
  const value = `${clickId}.${sign(key, program, clickId)}`;
  return `${clickCookieName(program)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The click id in a `Cookie` header, or `null` when there is none that we signed for this programme. */
export function readClickCookie(key: Buffer, program: string, header: string | null | undefined): string | null {
  const prefix = `${clickCookieName(program)}=`;
  const pair = header?.split(/;\s*/).find((each) => each.startsWith(prefix));
  const [clickId, signature] = pair?.slice(prefix.length).split('.') ?? [];
  if (!clickId || !signature || !/^[0-9a-f-]{36}$/.test(clickId)) return null;
  const expected = Buffer.from(sign(key, program, clickId));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? clickId : null;
}
