import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeArrival } from './node-arrival.ts';
import { requestArrival } from './request-arrival.ts';

let onRequest: (incoming: IncomingMessage, outgoing: ServerResponse) => void = () => {};
const server = createServer((incoming, outgoing) => onRequest(incoming, outgoing));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends bytes and gives `look` what Node makes of them. */
function arrived<Result>(
  head: readonly string[],
  look: (incoming: IncomingMessage) => Result,
): Promise<Awaited<Result>> {
  return new Promise((resolve, reject) => {
    onRequest = async (incoming, outgoing) => {
      try {
        resolve(await look(incoming));
      } catch (error) {
        reject(error);
      }
      outgoing.end();
    };
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
    });
    socket.on('data', () => socket.destroy()).on('error', reject);
    socket.on('close', () => reject(new Error(`no request: ${JSON.stringify(head)}`)));
  });
}

describe('the arrival of a Node request', () => {
  it('has the path and query that the URL standard gives', async () => {
    const part = fc.constantFrom(
      'a',
      '/',
      '//',
      '.',
      '..',
      '/.',
      '/..',
      '%2e',
      '%2E%2e',
      '%zz',
      '%20',
      '\\',
      '|',
      '"',
      '?',
      'x=1&y=%C3%A4',
      '+',
      ';',
      "'",
      '[',
      '^',
      '{',
      '<',
      '~',
      '*',
      ':',
      '@',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const target = `/${parts.join('')}`;
        const { path, search } = await arrived([`GET ${target} HTTP/1.1`, 'host: x'], nodeArrival);
        const url = new URL(`http://x${target}`);
        expect([path, [...new URLSearchParams(search)]]).toEqual([url.pathname, [...url.searchParams]]);
      }),
      { numRuns: 300 },
    );
  });

  it('has the headers, origin and path that the same request has in Fetch', async () => {
    const name = fc.constantFrom(
      'Authorization',
      'authorization',
      'Cookie',
      'ORIGIN',
      'x-forwarded-for',
      'Content-Type',
    );
    const value = fc.constantFrom('a', 'b; c', 'Bearer x', 'https://shop.example', '1.2.3.4');
    const host = fc.constantFrom(
      'shop.example',
      'SHOP.example:80',
      'shop.example:8080',
      '127.1',
      '[::1]:9',
      'a b',
      '[',
      'user@x',
      'x/y',
    );
    await fc.assert(
      fc.asyncProperty(host, fc.array(fc.tuple(name, value), { maxLength: 6 }), async (named, fields) => {
        const head = [
          'POST /api/x?y=1 HTTP/1.1',
          `host: ${named}`,
          ...fields.map((field) => field.join(': ')),
          'content-length: 0',
        ];
        const { ours, fetched } = await arrived(head, (incoming) => {
          const ours = nodeArrival(incoming);
          return { ours, fetched: requestArrival(ours.request()) };
        });
        for (const each of ['authorization', 'cookie', 'origin', 'x-forwarded-for', 'content-type', 'missing'])
          expect(ours.header(each), each).toBe(fetched.header(each));
        expect([ours.origin(), ours.path, ours.search]).toEqual([fetched.origin(), fetched.path, fetched.search]);
        expect(() => new URL(ours.origin())).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  it('joins a credential that is sent twice, so that nobody can choose which one counts', async () => {
    const { header } = await arrived(
      ['GET / HTTP/1.1', 'host: x', 'authorization: Bearer a', 'Authorization: Bearer b'],
      nodeArrival,
    );
    expect(header('authorization')).toBe('Bearer a, Bearer b');
  });

  it('reads a body up to the limit, and no more', async () => {
    const body = (bytes: number) => [
      'POST / HTTP/1.1',
      'host: x',
      'transfer-encoding: chunked',
      '',
      `${bytes.toString(16)}`,
      'x'.repeat(bytes),
      '0',
    ];
    const read = (bytes: number) =>
      arrived(body(bytes), async (incoming) => (await nodeArrival(incoming).body(1000))?.length ?? null);
    expect(await read(1000)).toBe(1000);
    expect(await read(1001)).toBe(null);
    expect(await read(300_000)).toBe(null);
  });
});
