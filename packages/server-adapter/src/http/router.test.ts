import { contract, routes } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllHandlers } from '../handlers.ts';
import { createRouter, endpointsOf } from './router.ts';

const endpoints = endpointsOf(
  Object.fromEntries(Object.keys(contract).map((name) => [name, {}])) as unknown as AllHandlers,
);
const route = createRouter(endpoints);
const names = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
const segment = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .map((text) => text.toWellFormed())
  .filter((text) => !/^\.{1,2}$/.test(text));

describe('the router', () => {
  it('knows every route of the contract', () => {
    const all = Object.values(routes).flatMap((resource) => Object.values(resource));
    expect(endpoints.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...all].sort());
  });

  it('finds every endpoint with any text as parameters, decoded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...endpoints),
        fc.array(segment, { minLength: 3, maxLength: 3 }),
        (endpoint, values) => {
          const params = Object.fromEntries(names(endpoint.path).map((name, index) => [name, values[index] ?? '']));
          const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
          const url = new URL(`https://shop.example${path}`);
          expect(route(endpoint.method, url.pathname)).toEqual({ kind: 'endpoint', endpoint, params });
        },
      ),
    );
  });

  it('answers HEAD where it answers GET, and names the methods elsewhere', () => {
    expect(route('HEAD', '/contests')).toMatchObject({ kind: 'endpoint', endpoint: { name: 'contests.list' } });
    for (const [method, path, allow] of [
      ['DELETE', '/contests', ['GET', 'POST']],
      ['PUT', '/contests/spring', ['GET', 'PATCH']],
      ['HEAD', '/conversions', ['POST']],
      ['GET', '/clicks', ['POST']],
    ] as const) {
      const match = route(method, path);
      expect({ ...match, allow: match.kind === 'method' ? match.allow.sort() : [] }).toEqual({ kind: 'method', allow });
    }
  });

  it.each([
    '/',
    '',
    '/contest',
    '/contests/',
    '/contests//leaderboard',
    '/contests/a/b',
    '/r',
    '/r/',
    '/r/a/b',
    '/CONTESTS',
    '//contests',
    '/contests/a/leaderboard/',
    '/openapi',
    '/api/contests',
  ])('has nothing at %j', (path) => {
    expect(route('GET', path)).toEqual({ kind: 'none' });
  });

  it('leaves what cannot be decoded as it stands', () => {
    expect(route('GET', '/contests/%ff')).toMatchObject({ params: { contest: '%ff' } });
    expect(route('GET', '/contests/a%2Fb')).toMatchObject({ params: { contest: 'a/b' } });
  });

  it('never fails, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (method, path) => {
        expect(['endpoint', 'method', 'none']).toContain(route(method, `/${path}`).kind);
      }),
    );
  });
});
