/** One node under test: Laurel over HTTP, its port told to its parent when it is ready. Ends with it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLaurel } from '@laurelkit/server-adapter';
import { nodeHandler } from '@laurelkit/server-adapter/node';

const { SOAK_DATABASE_URL = '', SOAK_SCHEMA = '', SOAK_KEY = '', SOAK_PORT = '0', SOAK_ALLOW } = process.env;

const laurel = createLaurel({
  secret: 'a secret for benches only: 0123456789abcdef',
  database: SOAK_DATABASE_URL,
  schema: SOAK_SCHEMA,
  keys: [{ key: SOAK_KEY }],
  limits: false,
  jobs: false,
  ...(SOAK_ALLOW && { webhooks: { allow: [SOAK_ALLOW] } }),
});
await laurel.start();
const server = createServer(nodeHandler(laurel));
// Longer than any connection rests here: a server that closes one just as it is used again cuts a request off.
server.keepAliveTimeout = 75_000;
server.listen({ port: Number(SOAK_PORT), host: '127.0.0.1', backlog: 4096 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.once('disconnect', () => process.exit(0));
