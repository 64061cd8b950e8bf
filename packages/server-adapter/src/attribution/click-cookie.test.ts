import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickCookieName, cookieDomainFor, readClickCookies, writeClickCookie } from './click-cookie.ts';

const key = randomBytes(32);
const slugs = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const others = fc.stringMatching(/^[A-Za-z0-9_]{1,10}=[A-Za-z0-9._-]{0,20}$/);
const write = (program: string, clickId: string) =>
  writeClickCookie(key, { program, clickId, maxAge: 60, secure: true, domain: null });
const clickId = '01890000-0000-7000-8000-00000000000a';
const pairOf = (line: string) => line.split(';')[0] ?? '';

describe('the click cookie', () => {
  it('is read back from any place among other cookies', () => {
    fc.assert(
      fc.property(slugs, fc.uuid(), fc.array(others), fc.array(others), (program, clickId, before, after) => {
        const header = [...before, pairOf(write(program, clickId)), ...after].join('; ');
        expect(readClickCookies(key, program, header)).toEqual([clickId]);
      }),
    );
  });

  it('is of its programme and installation alone', () => {
    fc.assert(
      fc.property(slugs, slugs, fc.uuid(), (program, other, clickId) => {
        fc.pre(program !== other);
        const pair = pairOf(write(program, clickId));
        expect(readClickCookies(key, other, pair)).toEqual([]);
        const moved = pair.replace(clickCookieName(program), clickCookieName(other));
        expect(readClickCookies(key, other, moved)).toEqual([]);
        expect(readClickCookies(randomBytes(32), program, pair)).toEqual([]);
      }),
    );
  });

  it('is nothing once a single sign of it changed', () => {
    const pair = pairOf(write('friends', clickId));
    const start = clickCookieName('friends').length + 1;
    for (let at = start; at < pair.length; at++) {
      for (const sign of ['0', 'f', 'A', '-', '_', '.', '=', '%', '']) {
        if (pair[at] === sign) continue;
        const changed = pair.slice(0, at) + sign + pair.slice(at + 1);
        expect(readClickCookies(key, 'friends', changed), changed).toEqual([]);
      }
    }
    expect(readClickCookies(key, 'friends', `x${pair}`)).toEqual([]);
  });

  it('is out of reach for scripts and other sites, and for plain HTTP where the API is not on it', () => {
    const line = (secure: boolean, domain: string | null = null) =>
      writeClickCookie(key, { program: 'friends', clickId, maxAge: 60, secure, domain });
    expect(line(true)).toMatch(/^laurel_click_friends=[\w-]{59}; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/);
    expect(line(false)).toMatch(/; SameSite=Lax$/);
    expect(line(true, 'shop.example')).toContain('; Domain=shop.example; Path=/;');
  });

  it('looks the same whatever it carries, and anew each time', () => {
    const other = '01890000-0000-7000-8000-00000000000b';
    const values = [clickId, clickId, other].map((id) => pairOf(write('friends', id)));
    expect(new Set(values).size).toBe(3);
    expect(new Set(values.map(({ length }) => length)).size).toBe(1);
    expect(values.join()).not.toContain(clickId.slice(-12));
  });

  it('is read twice where the host and the domain above it have one, and no more than three times', () => {
    const pairs = Array.from({ length: 5 }, (_, index) => pairOf(write('friends', clickId.slice(0, -1) + index)));
    expect(readClickCookies(key, 'friends', pairs.slice(0, 2).join('; '))).toHaveLength(2);
    expect(readClickCookies(key, 'friends', pairs.join('; '))).toHaveLength(3);
  });

  it('goes to a domain only where the API lives in it', () => {
    const domainAt = (url: string | null) => cookieDomainFor('shop.example', url);
    expect(['https://shop.example/api', 'https://api.eu.shop.example'].map(domainAt)).toEqual([
      'shop.example',
      'shop.example',
    ]);
    for (const url of ['https://myshop.example', 'https://shop.example.evil', 'http://localhost:3000', null]) {
      expect(domainAt(url), String(url)).toBeNull();
    }
    expect(cookieDomainFor(null, 'https://shop.example')).toBeNull();
  });

  it('is never made of a header that carries none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(null, undefined, '', ';', '=', 'laurel_click_friends', 'laurel_click_friends='),
        ),
        (header) => {
          expect(readClickCookies(key, 'friends', header)).toEqual([]);
        },
      ),
    );
  });
});
