/** A Laurel whose board is watched, in a process of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLaurel, type Laurel } from '@laurelkit/server-adapter';
import { nodeHandler } from '@laurelkit/server-adapter/node';
import { answering } from './answering.ts';
import { seedPairs } from './pairs.ts';
import { residentBytes, sharedClock } from './resident.ts';

/** What the server is asked; `move` records a conversion and answers when it began to. */
export type LiveQuestion =
  | { kind: 'start'; database: string; key: string; referrers: number }
  | { kind: 'memory' }
  | { kind: 'move' };

let laurel: Laurel;
let moves = 0;

async function start({ database, key, referrers }: Extract<LiveQuestion, { kind: 'start' }>): Promise<number> {
  laurel = createLaurel({
    secret: 'a secret for benches only: 0123456789abcdef',
    database,
    schema: 'bench_live',
    keys: [{ key }],
    limits: false,
    // All viewers come from one address here.
    liveLimits: { address: 100_000 },
    jobs: false,
  });
  await laurel.start();
  await seedPairs(laurel, referrers, move);
  const server = createServer(nodeHandler(laurel)).listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

async function move(index = 0): Promise<number> {
  const began = sharedClock();
  await laurel.api.conversions.create({
    program: 'friends',
    participant: `referee-${index}`,
    event: 'purchase',
    idempotencyKey: `move-${moves++}`,
  });
  return began;
}

answering((question: LiveQuestion) => {
  if (question.kind === 'start') return start(question);
  return question.kind === 'memory' ? residentBytes() : move();
});
