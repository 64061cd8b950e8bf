import { expect, test } from 'vitest';
import { frameAddress } from './frame-address.ts';

test.each([
  'https://www.youtube.com/watch?v=abcDEF-123_&t=3',
  'https://youtu.be/abcDEF-123_?si=x',
  'https://m.youtube.com/shorts/abcDEF-123_',
  'https://www.youtube-nocookie.com/embed/abcDEF-123_',
  'https://youtube.com/live/abcDEF-123_',
])('the player of %s', (address) => {
  const { src, origin } = frameAddress('youtube', address, 42) ?? { src: '', origin: '' };
  const url = new URL(src);
  expect([url.origin, url.pathname, origin]).toEqual([
    origin,
    '/embed/abcDEF-123_',
    'https://www.youtube-nocookie.com',
  ]);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ enablejsapi: '1', start: '42' });
});

test.each([
  ['https://vimeo.com/76979871', null],
  ['https://vimeo.com/76979871/8272103f6e', '8272103f6e'],
  ['https://player.vimeo.com/video/76979871?h=8272103f6e', '8272103f6e'],
  ['https://vimeo.com/channels/staffpicks/76979871', null],
])('the player of %s', (address, hash) => {
  const url = new URL(frameAddress('vimeo', address, 42)?.src ?? '');
  expect([url.origin + url.pathname, url.searchParams.get('h'), url.hash]).toEqual([
    ...['https://player.vimeo.com/video/76979871', hash, '#t=42s'],
  ]);
});

test.each([
  ['youtube', 'https://evil.example/watch?v=abcDEF-123_'],
  ['youtube', 'https://youtube.com.evil.example/watch?v=abcDEF-123_'],
  ['youtube', 'http://www.youtube.com/watch?v=abcDEF-123_'],
  ['youtube', 'https://www.youtube.com/watch?v=../../x'],
  ['youtube', 'https://www.youtube.com/feed'],
  ['vimeo', 'https://notvimeo.com/76979871'],
  ['vimeo', 'https://vimeo.com/about'],
  ['vimeo', 'javascript:alert(1)'],
  ['vimeo', 'nonsense'],
] as const)('%s: %s is none', (provider, address) => {
  expect(frameAddress(provider, address)).toBeNull();
});
