import { expect, test, vi } from 'vitest';
import { expiryOf, keepToken } from './identity.ts';

const jwt = (exp: number) => `h.${btoa(JSON.stringify({ exp })).replace(/=+$/, '')}.s`;

test('reads when a token expires, and never fails', () => {
  expect(expiryOf(jwt(1700))).toBe(1700);
  for (const text of ['', 'opaque', 'a.b.c', `x.${btoa('[]')}.y`])
    expect(expiryOf(text)).toBe(Number.POSITIVE_INFINITY);
});

test('asks once for many callers, again before it expires, and again when it was refused', async () => {
  let now = 0;
  const source = vi.fn(async () => jwt(Math.floor(now / 1000) + 600));
  const token = keepToken(
    source,
    () => {},
    () => now,
  );
  const [one, other] = await Promise.all([token(), token()]);
  expect(one).toBe(other);
  expect(source).toHaveBeenCalledTimes(1);
  now = 560_000;
  await token();
  expect(source).toHaveBeenCalledTimes(1);
  now = 575_000;
  const renewed = await token();
  expect(source).toHaveBeenCalledTimes(2);
  await token(renewed);
  expect(source).toHaveBeenCalledTimes(3);
});

test('says when nobody is signed in any more', async () => {
  const onGone = vi.fn();
  expect(await keepToken(() => null, onGone)()).toBeUndefined();
  expect(onGone).toHaveBeenCalled();
});

test('a source that fails is asked again at the next call', async () => {
  const fails = async () => Promise.reject(new Error('offline'));
  const throws = () => {
    throw new Error('offline');
  };
  for (const failing of [fails, throws]) {
    const token = keepToken(vi.fn(async () => 'token').mockImplementationOnce(failing), () => {});
    await expect(token()).rejects.toThrow('offline');
    expect(await token()).toBe('token');
  }
});
