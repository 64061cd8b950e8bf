import { expect, test, vi } from 'vitest';
import { session } from './stores/session.ts';

test('reads its attributes, runs the queue, leaves one global and survives nonsense', async () => {
  const script = document.createElement('script');
  Object.assign(script.dataset, { api: '/laurel', key: 'pk_2', locale: 'es' });
  document.head.append(script);
  const handler = vi.fn();
  const before = Object.keys(globalThis);
  Object.assign(globalThis, { Laurel: { q: [['on', 'copy', handler], ['nonsense'], null, ['identify', 'token']] } });
  await import('./script.ts');
  expect(session.settings.peek()).toMatchObject({ api: '/laurel', key: 'pk_2', locale: 'es' });
  expect(session.own.peek()).not.toBeNull();
  const added = Object.keys(globalThis).filter((key) => !before.includes(key));
  expect(added).toEqual(['Laurel']);
  const { Laurel } = globalThis as unknown as { Laurel: { q: { push(command: unknown): void } } };
  Laurel.q.push(['identify', null]);
  expect(session.own.peek()).toBeNull();
  document.dispatchEvent(new CustomEvent('laurel:copy', { detail: { link: 'x' } }));
  expect(handler).toHaveBeenCalledWith({ link: 'x' }, expect.anything());
});
