/** The least a server can do: the same bytes to every socket, in a process of its own. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answering } from './answering.ts';
import { residentBytes, sharedClock } from './resident.ts';

/** What the server is asked; `move` writes to all and answers when it began to. */
export type RawQuestion = { kind: 'start'; message: string } | { kind: 'memory' } | { kind: 'move' };

const sockets = new Set<Socket>();
let bytes = Buffer.alloc(0);

async function start(message: string): Promise<number> {
  bytes = Buffer.from(message);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    // The request, as long as any other.
    socket.on('data', () => {});
    socket.write(bytes);
  }).listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

function move(): number {
  const began = sharedClock();
  for (const socket of sockets) socket.write(bytes);
  return began;
}

answering((question: RawQuestion) => {
  if (question.kind === 'start') return start(question.message);
  return question.kind === 'memory' ? residentBytes() : move();
});
