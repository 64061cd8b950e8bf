/** One Laurel behind all three mounts, a port each, in a process of its own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createLaurel } from '@laurelkit/server-adapter';
import { expressHandler } from '@laurelkit/server-adapter/express';
import { honoHandler } from '@laurelkit/server-adapter/hono';
import { nodeHandler } from '@laurelkit/server-adapter/node';
import express from 'express';
import { Hono } from 'hono';
import { answering } from './answering.ts';
import { seedPairs } from './pairs.ts';

/** What the server is made of. */
export interface LaurelQuestion {
  database: string;
  secretKey: string;
  /** Participants who refer one other each. */
  referrers: number;
}

/** What the server says once it listens: a port a mount, and a token a referrer. */
export interface LaurelAnswer {
  ports: { node: number; hono: number; express: number };
  tokens: string[];
}

const portOf = async (server: Server) => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  server.keepAliveTimeout = 60_000;
  return (server.address() as AddressInfo).port;
};

answering(async ({ database, secretKey, referrers }: LaurelQuestion): Promise<LaurelAnswer> => {
  const laurel = createLaurel({
    secret: 'a secret for benches only: 0123456789abcdef',
    database,
    schema: 'bench_http',
    keys: [{ key: secretKey }],
    // Everybody asks from one address here; counting stays on, refusing would end the bench.
    limits: { read: 1e9, write: 1e9 },
    jobs: false,
  });
  const { api } = laurel;
  await laurel.start();
  const tokens: string[] = [];
  await seedPairs(laurel, referrers, async (index) => {
    tokens.push((await api.participants.createToken({ participant: `referrer-${index}` })).token);
  });
  const hono = new Hono().all('/api/*', honoHandler(laurel));
  return {
    ports: {
      node: await portOf(createServer(nodeHandler(laurel)).listen(0, '127.0.0.1')),
      hono: await portOf(serve({ fetch: hono.fetch, port: 0, hostname: '127.0.0.1' }) as Server),
      express: await portOf(express().use('/api', expressHandler(laurel)).listen(0, '127.0.0.1')),
    },
    tokens,
  };
});
