import { afterEach, expect, test, vi } from 'vitest';
import { createAnnouncer } from './announcer.ts';

afterEach(() => vi.useRealTimers());

test('at most one message in five seconds, the newest of those that wait', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const { announce } = createAnnouncer((message) => said.push(message));
  for (let second = 0; second < 20; second += 1) {
    announce(`message ${second}`);
    vi.advanceTimersByTime(1000);
  }
  expect(said).toEqual(['message 0', 'message 4', 'message 9', 'message 14', 'message 19']);
});
