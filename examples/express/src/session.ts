import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who is signed in: an account's id in a signed cookie. */
export interface Sessions {
  /** A `Set-Cookie` value that signs this account in. */
  start(accountId: string): string;
  /** A `Set-Cookie` value that signs out. */
  end(): string;
  /** The account id in a `Cookie` header, or `null` when there is none that we signed. */
  read(cookieHeader: string | null | undefined): string | null;
}

const name = 'lark_session';
const lifetimeSeconds = 30 * 86_400;

/** Makes the sessions of one installation. `secure` keeps the cookie to https. */
export function createSessions(secret: string, { secure }: { secure: boolean }): Sessions {
  const sign = (text: string) => createHmac('sha256', secret).update(`session:${text}`).digest('base64url');
  const cookie = (value: string, seconds: number) =>
    `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  return {
    start: (accountId) => {
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
      const content = `${accountId}.${expires}`;
      return cookie(`${content}.${sign(content)}`, lifetimeSeconds);
    },
    end: () => cookie('', 0),
    read: (cookieHeader) => {
      const pair = cookieHeader?.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
      const [accountId, expires, signature] = pair?.slice(name.length + 1).split('.') ?? [];
      if (!accountId || !expires || !signature || Number(expires) * 1000 < Date.now()) return null;
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(`${accountId}.${expires}`));
      return given.length === expected.length && timingSafeEqual(given, expected) ? accountId : null;
    },
  };
}
