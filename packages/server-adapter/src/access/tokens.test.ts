import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokenIssuer } from './tokens.ts';

const key = randomBytes(32);
const person = '01890000-0000-7000-8000-000000000000';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);
const claims = () => ({ iss: 'laurel', aud: 'laurel:laurel', sub: person, iat: seconds(), exp: seconds() + 600 });
const header = { alg: 'HS256', typ: 'laurel-participant+jwt' };

const sign = (payload: JWTPayload, head: Record<string, unknown> = header, by: Parameters<SignJWT['sign']>[0] = key) =>
  new SignJWT(payload).setProtectedHeader(head as { alg: string }).sign(by);
const without = (name: keyof ReturnType<typeof claims>): JWTPayload => ({ ...claims(), [name]: undefined });

describe('participant tokens', () => {
  const issuer = createTokenIssuer(key, 'laurel');

  it('prove their participant until they expire', async () => {
    let now = new Date('2030-01-01T00:00:00.400Z');
    const clocked = createTokenIssuer(key, 'laurel', () => now);
    const { token, expiresAt } = await clocked.issue(person, 60);
    expect(expiresAt).toBe('2030-01-01T00:01:00.000Z');
    expect(await clocked.verify(token)).toBe(person);
    now = new Date('2030-01-01T00:00:59.999Z');
    expect(await clocked.verify(token)).toBe(person);
    now = new Date(expiresAt);
    await expect(clocked.verify(token)).rejects.toMatchObject({ code: 'token_invalid', status: 401 });
    await expect(createTokenIssuer(key, 'laurel', () => now).verify(token)).rejects.toThrow(/expired/);
  });

  it('pass once they are right in every respect, which the cases below are but for one', async () => {
    expect(await issuer.verify(await sign(claims()))).toBe(person);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  const unsigned = (head: object, payload: object) => `${encode(head)}.${encode(payload)}.`;

  const forged: Record<string, () => string | Promise<string>> = {
    'without an algorithm': () => unsigned({ ...header, alg: 'none' }, claims()),
    'without an algorithm, in capitals': () => unsigned({ ...header, alg: 'NONE' }, claims()),
    'without a signature': async () => (await sign(claims())).replace(/[^.]*$/, ''),
    'with two parts': async () => (await sign(claims())).replace(/\.[^.]*$/, ''),
    'signed by another key': () => sign(claims(), header, randomBytes(32)),
    'signed by RSA': () => sign(claims(), { ...header, alg: 'RS256' }, rsa.privateKey),
    'signed with a public key as the secret': () => sign(claims(), header, Buffer.from(publicPem)),
    'of a longer HMAC': () => sign(claims(), { ...header, alg: 'HS512' }, Buffer.concat([key, key])),
    'of another audience': () => sign({ ...claims(), aud: 'laurel:other' }),
    'of another issuer': () => sign({ ...claims(), iss: 'evil' }),
    'of another type': () => sign(claims(), { ...header, typ: 'JWT' }),
    'of no type': () => sign(claims(), { alg: 'HS256' }),
    'that say where to fetch the key': () =>
      sign({ ...claims(), aud: 'x' }, { ...header, jku: 'https://evil.example/jwks', kid: '../../etc/passwd' }),
    'with a critical header nobody knows': () =>
      `${encode({ ...header, crit: ['exp2'], exp2: 1 })}.${encode(claims())}.x`,
    'without an expiry': () => sign(without('exp')),
    'without a subject': () => sign(without('sub')),
    'without a time of issue': () => sign(without('iat')),
    'without an audience': () => sign(without('aud')),
    'that expired': () => sign({ ...claims(), iat: seconds() - 120, exp: seconds() - 1 }),
    'issued in the future': () => sign({ ...claims(), iat: seconds() + 120 }),
    'issued more than an hour ago': () => sign({ ...claims(), iat: seconds() - 3602 }),
    'good for more than an hour': () => sign({ ...claims(), exp: seconds() + 3700 }),
    'not good yet': () => sign({ ...claims(), nbf: seconds() + 120 }),
    'that are no token': () => 'garbage',
    'that are dots': () => '..',
    'that are empty': () => '',
  };

  it.each(Object.keys(forged))('%s are refused', async (name) => {
    const token = await (forged[name] as () => string | Promise<string>)();
    // Twice, since a token that passed is remembered.
    for (const _ of [1, 2]) await expect(issuer.verify(token)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('with another payload under the same signature are refused', async () => {
    const [head, , signature] = (await sign(claims())).split('.');
    const edited = encode({ ...claims(), sub: '01890000-0000-7000-8000-00000000000f' });
    await expect(issuer.verify(`${head}.${edited}.${signature}`)).rejects.toMatchObject({ code: 'token_invalid' });
  });

  it('have one spelling: any other base64url of the same bytes is refused', async () => {
    const token = await sign(claims());
    expect(await issuer.verify(token)).toBe(person);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    const twins = [1, 2, 3].map((step) => token.slice(0, -1) + alphabet[(last & ~3) | ((last + step) & 3)]);
    const [head, payload, signature = ''] = token.split('.');
    const spellings = [
      ...twins,
      `${token}=`,
      `${token} `,
      `${head}=.${payload}.${signature}`,
      `${token.slice(0, 9)}\n${token.slice(9)}`,
    ];
    for (const spelling of spellings) {
      await expect(issuer.verify(spelling), spelling).rejects.toMatchObject({ code: 'token_invalid' });
    }
  });

  it('of one installation are nothing in another', async () => {
    const { token } = await issuer.issue(person, 60);
    await expect(createTokenIssuer(key, 'other').verify(token)).rejects.toMatchObject({ code: 'token_invalid' });
    await expect(createTokenIssuer(randomBytes(32), 'laurel').verify(token)).rejects.toMatchObject({
      code: 'token_invalid',
    });
  });
});
