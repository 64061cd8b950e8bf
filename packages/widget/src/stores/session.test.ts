import { expect, test, vi } from 'vitest';
import { createSession } from './session.ts';

test('told again, it is the same visitor unless they ask elsewhere or by another key', () => {
  const session = createSession();
  session.init({ api: '/api', key: 'pk_1' });
  session.identify('token');
  const own = session.own.peek();
  const changed = vi.fn();
  session.watch(changed);
  session.init({ locale: 'es' });
  session.init({ api: '/api', key: 'pk_1' });
  expect(session.settings.peek()).toEqual({ api: '/api', key: 'pk_1', locale: 'es' });
  expect(session.own.peek()).toBe(own);
  expect(changed).toHaveBeenCalledTimes(1);
  session.init({ api: '/other' });
  expect(session.stranger.peek()).toEqual({ baseUrl: '/other', key: 'pk_1' });
  expect(session.own.peek()).toMatchObject({ baseUrl: '/other', token: own?.token });
  session.init({ key: 'pk_2' });
  expect(session.stranger.peek()).toEqual({ baseUrl: '/other', key: 'pk_2' });
});
