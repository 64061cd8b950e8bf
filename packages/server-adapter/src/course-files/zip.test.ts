import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openZip, zipLimits } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    const { code, detail } = error as { code: string; detail: string };
    expect(code).toBe('course_file_invalid');
    return detail;
  }
  return 'not refused';
};

/** Changes a field of the first record of the directory. */
function forged(zip: Uint8Array, field: number, value: number): Uint8Array {
  const view = new DataView(zip.buffer);
  view.setUint32(view.getUint32(zip.length - 6, true) + field, value, true);
  return zip;
}

describe('a zip', () => {
  it('is read, packed or not, with folders passed over', () => {
    const archive = openZip(
      zipSync({ 'a/': new Uint8Array(), 'a/b.md': bytes('b'), 'c.md': [bytes('c'), { level: 0 }] }),
    );
    expect(archive.names).toEqual(['a/b.md', 'c.md']);
    expect(archive.names.map((name) => new TextDecoder().decode(archive.read(name)))).toEqual(['b', 'c']);
    expect(refusal(() => archive.read('d.md'))).toContain('not in the zip');
  });

  it.each(['../evil.md', 'a/../../evil.md', '/etc/passwd', 'C:\\evil.md', '..\\evil.md', 'a\nb.md', 'a/..'])(
    'with the name %j is refused',
    (name) => {
      expect(refusal(() => openZip(zipSync({ [name]: bytes('x') })))).toContain('name');
    },
  );

  it('that becomes much larger is refused', () => {
    const large = zipSync({ 'a.md': new Uint8Array(4 * 1024 * 1024) });
    expect(refusal(() => openZip(large).read('a.md'))).toContain('packed more tightly');
    const huge = zipSync({ 'a.md': new Uint8Array(zipLimits.fileBytes + 1) });
    expect(refusal(() => openZip(huge).read('a.md'))).toContain(String(zipLimits.fileBytes));
    const stored = { level: 0 } as const;
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}`, new Uint8Array(7_000_000)]));
    const all = openZip(zipSync(many, stored));
    expect(refusal(() => all.names.map(all.read))).toContain(String(zipLimits.bytes));
  });

  it('that lies about what is in it is refused', () => {
    const honest = () => zipSync({ 'a.md': bytes('hello '.repeat(1000)) });
    const size = 24;
    const crc = 16;
    for (const forgery of [forged(honest(), size, 10), forged(honest(), size, 9000), forged(honest(), crc, 1)]) {
      expect(refusal(() => openZip(forgery).read('a.md'))).toContain('damaged');
    }
    // A bomb that says it is small: no more than it says is unpacked.
    const bomb = forged(zipSync({ 'a.md': new Uint8Array(50_000_000) }), size, 100);
    const began = performance.now();
    expect(refusal(() => openZip(bomb).read('a.md'))).toContain('damaged');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('of too many entries, encrypted or with a name twice is refused', () => {
    const many = Object.fromEntries(
      Array.from({ length: zipLimits.entries + 1 }, (_, index) => [`${index}`, bytes('')]),
    );
    expect(refusal(() => openZip(zipSync(many)))).toContain(String(zipLimits.entries));
    expect(refusal(() => openZip(forged(zipSync({ a: bytes('a') }), 8, 1)))).toContain('encrypted');
    const twice = zipSync({ 'a.md': bytes('a'), 'b.md': bytes('b') });
    const at = new TextDecoder('latin1').decode(twice).lastIndexOf('b.md');
    twice.set(bytes('a.md'), at);
    expect(refusal(() => openZip(twice))).toContain('twice');
  });

  it('is a refusal or files, whatever the bytes are', () => {
    const whole = zipSync({ 'a.md': bytes('some text'), 'b/c.md': bytes('more text') });
    const attempt = (given: Uint8Array) => {
      try {
        const { names, read } = openZip(given);
        for (const name of names) read(name);
      } catch (error) {
        expect((error as { code?: string }).code, String(error)).toBe('course_file_invalid');
      }
    };
    const place = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), (changes) => {
        const changed = whole.slice();
        for (const [at, value] of changes) changed[at] = value;
        attempt(changed);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt));
    attempt(deflateRawSync(whole));
  });
});
