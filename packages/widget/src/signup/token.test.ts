import { beforeEach, expect, test } from 'vitest';
import { forgetToken, tokenHere, withoutToken } from './token.ts';

const scope = globalThis as unknown as { happyDOM: { setURL(url: string): void } };
const visit = (url: string) => scope.happyDOM.setURL(url);

beforeEach(() => visit('http://localhost:3000/'));

test('reads the token of the address, and takes only that out of it', () => {
  visit('http://localhost:3000/join?a=1&laurel_confirm=t%2B1&b=2#top');
  expect(tokenHere()).toBe('t+1');
  forgetToken();
  expect(location.href).toBe('http://localhost:3000/join?a=1&b=2#top');
  expect(tokenHere()).toBeNull();
});

test('an empty token is none, a long one is cut', () => {
  visit('http://localhost:3000/?laurel_confirm=');
  expect(tokenHere()).toBeNull();
  visit(`http://localhost:3000/?laurel_confirm=${'x'.repeat(500)}`);
  expect(tokenHere()).toHaveLength(200);
});

test('an address without a token stays as it is', () => {
  expect(withoutToken('https://x.example/a?b=1#c')).toBe('https://x.example/a?b=1#c');
});
