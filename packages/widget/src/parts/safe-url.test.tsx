import { render } from '@testing-library/preact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Link } from './link.tsx';
import { safeImage, safeUrl } from './safe-url.ts';

const schemes = [
  'javascript',
  'JAVASCRIPT',
  'jAvAsCrIpT',
  'java\tscript',
  'java\nscript',
  'java\r\nscript',
  'javascript\t',
  ' javascript',
  '\u0000javascript',
  '\u0001javascript',
  '\u001fjavascript',
  '\tjavascript',
  '\njavascript',
  'vbscript',
  'data',
  'DATA',
  'd\tata',
  'blob',
  'file',
  'filesystem',
  'view-source',
  'about',
  'chrome',
  'intent',
  'ms-settings',
  'jar',
  'livescript',
  'mocha',
  'tel',
  'sms',
  'ftp',
  'ws',
  'wss',
  'steam',
  'itms',
];
const bodies = [
  'alert(1)',
  '//example.com/%0aalert(1)',
  'text/html,<script>alert(1)</script>',
  ',%3Cimg src=x onerror=alert(1)%3E',
];
const others = [
  'https://trusted.example@evil.example/',
  'https://user:password@evil.example/',
  'http://:secret@evil.example/',
  'https://%',
  'https://',
  'http://[',
  'https://exa mple.com/',
  'https://a b',
  '',
  'https:// /',
  'http://\u0000/',
  'https://example.com:99999/',
];
const payloads = [...schemes.flatMap((scheme) => bodies.map((body) => `${scheme}:${body}`)), ...others];

test(`refuses ${payloads.length} hostile addresses`, () => {
  expect(payloads.length).toBeGreaterThanOrEqual(150);
  for (const payload of payloads) {
    expect(safeUrl(payload), JSON.stringify(payload)).toBeNull();
    const { container } = render(<Link href={payload}>words</Link>);
    expect(container.querySelector('[href]')).toBeNull();
    expect(container.textContent).toBe('words');
  }
});

test('whatever the text, what is allowed is http, https or mailto', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(...payloads)), (text) => {
      const url = safeUrl(text);
      if (url !== null) expect(new URL(url).protocol).toMatch(/^(https?|mailto):$/);
      const image = safeImage(text);
      if (image !== null) expect(image).toMatch(/^https?:/);
    }),
  );
});

test('lets ordinary addresses through', () => {
  expect(safeUrl('https://fernway.example/r/MIRA?channel=x')).toBe('https://fernway.example/r/MIRA?channel=x');
  expect(safeUrl('mailto:?subject=a')).toBe('mailto:?subject=a');
  expect(safeImage('mailto:?subject=a')).toBeNull();
});
