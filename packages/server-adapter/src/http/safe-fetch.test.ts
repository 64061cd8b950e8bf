import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSafeFetch, UnsafeAddress } from './safe-fetch.ts';

/** Resolves every name to what `answers` says, one after the other, and counts. */
function resolver(...answers: string[][]) {
  let asked = 0;
  const lookup: LookupFunction = (_, options, callback) => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? [];
    const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
  return { lookup, asked: () => asked };
}

describe('createSafeFetch', () => {
  let connects = 0;
  let port = 0;
  const inside = createTcpServer((socket) => {
    connects++;
    socket.destroy();
  });
  let web: Server;
  let origin = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    port = (inside.address() as AddressInfo).port;
    web = createServer((request, response) => {
      const { url } = request;
      if (url === '/redirect') response.writeHead(307, { location: '/landed' }).end();
      else if (url === '/long') response.writeHead(200).end('x'.repeat(1_000_000));
      else if (url === '/dripping') {
        response.writeHead(200);
        response.write('first');
      } else if (url === '/landed') throw new Error('followed a redirect');
      else if (url !== '/silent') response.writeHead(200, { 'x-host': request.headers.host ?? '' }).end('ok');
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    inside.close();
    web.closeAllConnections();
    web.close();
  });

  const refused = async (url: string, lookup?: LookupFunction, method: 'get' | 'post' = 'post') => {
    const fetch = createSafeFetch({ timeout: 1000, ...(lookup && { lookup }) });
    const sent = method === 'get' ? fetch.get(url, {}) : fetch.post(url, {}, '{}');
    const error = await sent.catch((thrown: unknown) => thrown);
    await fetch.close();
    return error;
  };

  it.each([
    ...[
      'http://hooks.example/',
      'ftp://hooks.example/',
      'file:///etc/passwd',
      'gopher://hooks.example/',
      'ws://a.example/',
    ],
    ...['https://hooks.example:22/', 'https://hooks.example:8080/', 'https://hooks.example:80/'],
    ...['https://user@hooks.example/', 'https://user:pass@hooks.example/', 'https://:pass@hooks.example/'],
    ...['https://localhost/', 'https://LOCALHOST./', 'https://metadata/', 'https://127.0.0.1/', 'https://127.1/'],
    ...[
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://017700000001/',
    ],
    ...[
      'https://127.0.0.1./',
      'https://0/',
      'https://0.0.0.0/',
      'https://10.1.2.3/',
      'https://169.254.169.254/latest/',
    ],
    ...[
      'https://[::1]/',
      'https://[::]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[::7f00:1]/',
    ],
    ...['https://[fe80::1]/', 'https://[fd00::1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/'],
    ...[
      'https://１２７.０.０.１/',
      'https://①②⑦.0.0.1/',
      'https://127。0。0。1/',
      'https://%31%32%37.0.0.1/',
      'https://192.168.1.1:8443/',
    ],
  ])('refuses %s without asking anybody', async (url) => {
    const { lookup, asked } = resolver(['127.0.0.1']);
    expect(await refused(url, lookup)).toBeInstanceOf(UnsafeAddress);
    expect(await refused(url, lookup, 'get')).toBeInstanceOf(UnsafeAddress);
    expect(asked()).toBe(0);
    const fetch = createSafeFetch();
    expect(() => fetch.assert(url)).toThrow(UnsafeAddress);
  });

  it.each([
    ['127.0.0.1'],
    ['8.8.8.8', '127.0.0.1'],
    ['10.0.0.1'],
    ['2606:4700:4700::1111', '::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    [],
  ])('refuses a name that resolves to %s %s', async (...addresses) => {
    const { lookup, asked } = resolver(addresses);
    expect(await refused('https://hooks.example:8443/', lookup)).toBeInstanceOf(UnsafeAddress);
    expect(asked()).toBe(1);
    expect(await refused('https://hooks.example/', lookup, 'get')).toBeInstanceOf(UnsafeAddress);
  });

  it('connects to nothing of ours, however often a name changes its mind', async () => {
    const { lookup } = resolver(['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['127.0.0.1'], ['::1']);
    // What is judged is what is connected to: there is no second look-up in which the name could answer otherwise.
    for (let turn = 0; turn < 8; turn++) {
      expect(await refused(`https://rebinding.example:${turn % 2 ? 443 : 8443}/`, lookup)).toBeInstanceOf(
        UnsafeAddress,
      );
    }
    expect(await refused(`https://127.0.0.1:${port}/`)).toBeInstanceOf(UnsafeAddress);
    expect(connects).toBe(0);
    // The same name is connected to where the operator allows it, so the count would show it.
    const allowed = `http://rebinding.example:${port}`;
    const fetch = createSafeFetch({ allow: [allowed], lookup: resolver(['127.0.0.1']).lookup });
    await expect(fetch.post(allowed, {}, '{}')).rejects.toThrow();
    await fetch.close();
    expect(connects).toBe(1);
  });

  it('reaches an origin the operator allows, and nothing beside it', async () => {
    const fetch = createSafeFetch({ allow: [origin] });
    const answer = await fetch.post(`${origin}/hooks`, {}, '{}');
    expect([answer.status, String(answer.body)]).toEqual([200, 'ok']);
    const read = await fetch.get(`${origin}/round`, {});
    expect([read.status, String(read.body)]).toEqual([200, 'ok']);
    expect(() => fetch.assert(`http://127.0.0.1:${port}/`)).toThrow(UnsafeAddress);
    expect(() => fetch.assert(origin.replace('http:', 'https:'))).toThrow(UnsafeAddress);
    await fetch.close();
  });

  it('follows no redirect, reads no more than the beginning, and waits for nobody', async () => {
    const fetch = createSafeFetch({ allow: [origin], timeout: 300 });
    expect((await fetch.post(`${origin}/redirect`, {}, '{}')).status).toBe(307);
    expect((await fetch.post(`${origin}/long`, {}, '{}')).body).toHaveLength(4096);
    expect((await fetch.get(`${origin}/redirect`, {})).status).toBe(307);
    expect((await fetch.get(`${origin}/long`, {})).body).toHaveLength(4096);
    await expect(fetch.post(`${origin}/silent`, {}, '{}')).rejects.toMatchObject({
      name: expect.stringMatching(/Timeout/),
    });
    const dripping = await fetch.post(`${origin}/dripping`, {}, '{}');
    expect([dripping.status, String(dripping.body)]).toEqual([200, 'first']);
    await fetch.close();
  });
});
