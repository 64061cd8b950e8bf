import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickCookieName, readClickCookie, writeClickCookie } from './cookie.ts';

const key = randomBytes(32);
const slugs = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const others = fc.stringMatching(/^[A-Za-z0-9_]{1,10}=[A-Za-z0-9._-]{0,20}$/);
const write = (program: string, clickId: string) =>
  writeClickCookie(key, { program, clickId, maxAge: 60, secure: true });
const pairOf = (line: string) => line.split(';')[0] ?? '';

describe('the click cookie', () => {
  it('is read back from any place among other cookies', () => {
    fc.assert(
      fc.property(slugs, fc.uuid(), fc.array(others), fc.array(others), (program, clickId, before, after) => {
        const header = [...before, pairOf(write(program, clickId)), ...after].join('; ');
        expect(readClickCookie(key, program, header)).toBe(clickId);
      }),
    );
  });

  it('is of its programme and installation alone', () => {
    fc.assert(
      fc.property(slugs, slugs, fc.uuid(), (program, other, clickId) => {
        fc.pre(program !== other);
        const pair = pairOf(write(program, clickId));
        expect(readClickCookie(key, other, pair)).toBeNull();
        const moved = pair.replace(clickCookieName(program), clickCookieName(other));
        expect(readClickCookie(key, other, moved)).toBeNull();
        expect(readClickCookie(randomBytes(32), program, pair)).toBeNull();
      }),
    );
  });

  it('is nothing once a single sign of it changed', () => {
    const clickId = '01890000-0000-7000-8000-00000000000a';
    const pair = pairOf(write('friends', clickId));
    const start = clickCookieName('friends').length + 1;
    for (let at = start; at < pair.length; at++) {
      for (const sign of ['0', 'f', 'A', '-', '_', '.', '=', '%', '']) {
        if (pair[at] === sign) continue;
        const changed = pair.slice(0, at) + sign + pair.slice(at + 1);
        expect(readClickCookie(key, 'friends', changed), changed).toBeNull();
      }
    }
    expect(readClickCookie(key, 'friends', `x${pair}`)).toBeNull();
  });

  it('is out of reach for scripts and other sites, and for plain HTTP where the API is not on it', () => {
    const line = (secure: boolean) => writeClickCookie(key, { program: 'friends', clickId: 'x', maxAge: 60, secure });
    expect(line(true)).toMatch(/; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/);
    expect(line(false)).toMatch(/; SameSite=Lax$/);
  });

  it('is never made of a header that carries none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(null, undefined, '', ';', '=', 'laurel_click_friends', 'laurel_click_friends='),
        ),
        (header) => {
          expect(readClickCookie(key, 'friends', header)).toBeNull();
        },
      ),
    );
  });
});
