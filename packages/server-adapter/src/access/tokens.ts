import { errors, jwtVerify, SignJWT } from 'jose';
import { LaurelProblem } from '../problem.ts';
import { createRecent } from '../recent.ts';

/** Whom a token speaks for. */
export type TokenKind = 'participant' | 'staff';

/** A token and until when it is good. */
export interface IssuedToken {
  token: string;
  expiresAt: string;
}

/** Mints and checks tokens of one kind: JWTs (RFC 7519) under one algorithm, with `aud` and `exp` required. */
export interface TokenIssuer {
  /** A token for a participant's id or the name of staff, good for `seconds`. */
  issue(subject: string, seconds: number): Promise<IssuedToken>;
  /** Whether a token says that it is of this kind. Proves nothing. */
  isOfKind(token: string): boolean;
  /**
   * The participant id, or name of staff, that a token proves.
   * @throws LaurelProblem token_invalid
   */
  verify(token: string): Promise<string>;
}

const algorithm = 'HS256';
const issuer = 'laurel';
const mostCached = 10_000;
const longestSeconds = 3600;

/** Base64url has several spellings for the same bytes (RFC 4648 §3.5); a token has one. */
const isCanonical = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;

/** Makes the issuer of one installation and kind; tokens of another schema or kind do not pass. */
export function createTokenIssuer(
  key: Buffer,
  schemaName: string,
  now: () => Date = () => new Date(),
  kind: TokenKind = 'participant',
): TokenIssuer {
  const typ = `laurel-${kind}+jwt`;
  const header = { alg: algorithm, typ };
  const beginning = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.`;
  const audience = `laurel:${schemaName}`;
  const verified = createRecent<{ subject: string; expires: number }>(mostCached);
  const imported = crypto.subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);

  const check = async (token: string): Promise<string> => {
    if (!token.split('.').every(isCanonical)) throw new errors.JWSInvalid('not canonical base64url');
    const { payload } = await jwtVerify(token, await imported, {
      algorithms: [algorithm],
      audience,
      issuer,
      typ,
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: longestSeconds,
      currentDate: now(),
    });
    const { exp = 0, iat = 0 } = payload;
    if (exp - iat > longestSeconds) throw new errors.JWTInvalid('good for longer than any of ours');
    verified.set(token, { subject: payload.sub ?? '', expires: exp * 1000 });
    return payload.sub ?? '';
  };

  return {
    isOfKind: (token) => token.startsWith(beginning),

    issue: async (subject, seconds) => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader(header)
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(await imported);
      return { token, expiresAt: new Date((issuedAt + seconds) * 1000).toISOString() };
    },

    verify: async (token) => {
      const known = verified.get(token);
      if (known && now().getTime() < known.expires) return known.subject;
      verified.delete(token);
      try {
        return await check(token);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        const expired = error instanceof errors.JWTExpired;
        throw new LaurelProblem(
          'token_invalid',
          expired
            ? `The ${kind} token has expired. Ask the host for a new one.`
            : `The ${kind} token is not one of ours.`,
        );
      }
    },
  };
}
