import type { ParticipantToken } from '@laurelkit/sdk/contract';
import { errors, jwtVerify, SignJWT } from 'jose';
import type * as z from 'zod/mini';
import { LaurelProblem } from '../problem.ts';
import { createRecent } from '../recent.ts';

/** Mints and checks participant tokens: JWTs (RFC 7519) under one algorithm, with `aud` and `exp` required. */
export interface TokenIssuer {
  /** A token for a participant id, good for `seconds`. */
  issue(participantId: string, seconds: number): Promise<z.output<typeof ParticipantToken>>;
  /**
   * The participant id a token proves.
   * @throws LaurelProblem token_invalid
   */
  verify(token: string): Promise<string>;
}

const algorithm = 'HS256';
const issuer = 'laurel';
const typ = 'laurel-participant+jwt';
const mostCached = 10_000;
const longestSeconds = 3600;

/** Base64url has several spellings for the same bytes (RFC 4648 §3.5); a token has one. */
const isCanonical = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;

/** Makes the issuer of one installation; tokens of another schema do not pass. */
export function createTokenIssuer(key: Buffer, schemaName: string, now: () => Date = () => new Date()): TokenIssuer {
  const audience = `laurel:${schemaName}`;
  const verified = createRecent<{ participantId: string; expires: number }>(mostCached);
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
    verified.set(token, { participantId: payload.sub ?? '', expires: exp * 1000 });
    return payload.sub ?? '';
  };

  return {
    issue: async (participantId, seconds) => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: algorithm, typ })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(participantId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(await imported);
      return { token, expiresAt: new Date((issuedAt + seconds) * 1000).toISOString() };
    },

    verify: async (token) => {
      const known = verified.get(token);
      if (known && now().getTime() < known.expires) return known.participantId;
      verified.delete(token);
      try {
        return await check(token);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        const expired = error instanceof errors.JWTExpired;
        throw new LaurelProblem(
          'token_invalid',
          expired
            ? 'The participant token has expired. Ask the host for a new one.'
            : 'The participant token is not one of ours.',
        );
      }
    },
  };
}
