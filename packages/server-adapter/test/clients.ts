import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { afterAll } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';

/** Serves a Laurel over HTTP until the file ends, and makes clients of it that check every answer against the contract. */
export async function clientsOf(laurel: TestLaurel) {
  const server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const as = (credential: { key?: string; token?: string }) =>
    createClient({ baseUrl, ...credential, validate: contract, retry: 0 });
  return {
    baseUrl,
    host: as({ key: laurel.secretKey }),
    page: as({ key: laurel.publishableKey }),
    staff: async () => as({ token: (await laurel.api.staff.createToken({ name: 'Sam' })).token }),
    participant: async (participant: string) =>
      as({ token: (await laurel.api.participants.createToken({ participant })).token }),
  };
}

export type Clients = Awaited<ReturnType<typeof clientsOf>>;
