import { contract } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllHandlers } from '../handlers.ts';
import { createRouter, endpointsOf } from './router.ts';
import { createTargets } from './target.ts';

const route = createRouter(
  endpointsOf(Object.fromEntries(Object.keys(contract).map((name) => [name, {}])) as unknown as AllHandlers),
);
const asked = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'get', 'GET /contests'),
  path: fc.oneof(
    fc.constantFrom('/contests', '/contests/spring/standing', '/programs/friends/me', '/livez', '/', '/nothing'),
    fc.string({ maxLength: 10 }).map((name) => `/contests/${encodeURIComponent(name)}`),
    fc.constant(`/contests/${'x'.repeat(600)}`),
  ),
  search: fc.constantFrom('', '?', '?limit=1', '?around=5', '?limit=%31'),
});

describe('targets', () => {
  it('lead where the router leads, however often and in whatever order they are asked for', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 30 }), (list) => {
        const targetOf = createTargets(route);
        for (const { method, path, search } of [...list, ...list.toReversed()]) {
          expect(targetOf(method, path, search).match).toEqual(route(method, path));
        }
      }),
    );
  });

  it('keep what was found right for one target to that target', () => {
    fc.assert(
      fc.property(asked, asked, (one, other) => {
        const targetOf = createTargets(route);
        const first = targetOf(one.method, one.path, one.search);
        first.input = { of: one };
        const second = targetOf(other.method, other.path, other.search);
        expect(second.input === null || second === first).toBe(true);
        if (second === first) expect(other).toEqual(one);
      }),
    );
  });

  it('remember what is asked for again, but nothing long and nothing that leads nowhere', () => {
    const targetOf = createTargets(route);
    const again = (path: string) => {
      const first = targetOf('GET', path, '');
      return targetOf('GET', path, '') === first;
    };
    expect(again('/contests/spring')).toBe(true);
    expect(again(`/contests/${'x'.repeat(600)}`)).toBe(false);
    expect(again('/nothing')).toBe(false);
  });
});
