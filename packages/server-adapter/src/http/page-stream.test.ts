import { expect, it } from 'vitest';
import { pageStream } from './page-stream.ts';

it('asks for a page when it is read, and for no more once the reader left', async () => {
  let asked = 0;
  let isOver = false;
  async function* pages() {
    try {
      for (;;) yield ++asked;
    } finally {
      isOver = true;
    }
  }
  const stream = pageStream(pages(), String);
  await new Promise(setImmediate);
  expect(asked).toBe(0);
  const reader = stream.getReader();
  for (const expected of ['1', '2', '3']) {
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(expected);
    expect(asked).toBe(Number(expected));
  }
  await reader.cancel();
  expect([asked, isOver]).toEqual([3, true]);
});
