import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail, emailDomain, emailKey } from './email.ts';

const key = Buffer.alloc(32, 7);

/** Spellings of one mailbox: whoever owns one, owns them all. */
const aliases = [
  ['ada.lovelace@gmail.com', 'adalovelace@gmail.com'],
  ['ada.lovelace@gmail.com', 'a.d.a.lovelace@gmail.com'],
  ['ada.lovelace@gmail.com', 'Ada.Lovelace@GMAIL.com'],
  ['ada.lovelace@gmail.com', 'adalovelace@googlemail.com'],
  ['ada.lovelace@gmail.com', 'ada.lovelace+shop@gmail.com'],
  ['ada.lovelace@gmail.com', 'AdaLovelace+1+2@GoogleMail.com.'],
  ['ada@outlook.com', 'ada+spring@outlook.com'],
  ['ada@fastmail.com', 'Ada+x@fastmail.com'],
  ['ada@proton.me', 'ada@protonmail.com'],
  ['ada@proton.me', 'ada+second@pm.me'],
  ['ada@icloud.com', 'ada@me.com'],
  ['ada@yandex.ru', 'ada@ya.ru'],
  ['ada@own.example', 'ADA+anything@Own.Example'],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['zoë@own.example', 'zoe\u0308@own.example'],
] as const;

/** Different people, however much alike they look. */
const strangers = [
  ['ann.lee@outlook.com', 'annlee@outlook.com'],
  ['ann.lee@own.example', 'annlee@own.example'],
  ['ann.lee@yahoo.com', 'annlee@yahoo.com'],
  ['ann.lee@icloud.com', 'annlee@icloud.com'],
  ['ann-lee@yahoo.com', 'ann@yahoo.com'],
  ['ann_lee@own.example', 'annlee@own.example'],
  ['ann@own.example', 'ann@other.example'],
  ['ann@gmail.com', 'ann@gmail.com.example'],
  ['ann1@gmail.com', 'ann2@gmail.com'],
  ['+ann@own.example', '+bob@own.example'],
] as const;

describe('the key of an e-mail address', () => {
  it.each(aliases)('is one for %s and %s, so nobody refers themself with an alias', (one, other) => {
    expect(emailKey(key, other)).toBe(emailKey(key, one));
  });

  it.each(strangers)('tells %s from %s: dots join nobody outside Gmail', (one, other) => {
    expect(emailKey(key, other)).not.toBe(emailKey(key, one));
  });

  it('says nothing of the address without the key', () => {
    expect(emailKey(key, 'ada@own.example')).not.toBe(emailKey(Buffer.alloc(32, 8), 'ada@own.example'));
    expect(emailKey(key, 'ada@own.example')).toMatch(/^[\w-]{43}$/);
  });

  it('is made of any text, and of a canonical address is that of the address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        const canonical = canonicalEmail(text);
        expect(canonicalEmail(canonical)).toBe(canonical);
        expect(emailDomain(canonical)).toBe(canonical.slice(canonical.lastIndexOf('@') + 1));
      }),
      { numRuns: 300 },
    );
  });
});
