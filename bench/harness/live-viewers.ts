/** Thousands of viewers on plain sockets, in a process of their own. */
import { connect } from 'node:net';
import { answering } from './answering.ts';
import { sharedClock } from './resident.ts';

/** `open` answers once all have their first message, `arm` begins to wait, `last` answers when all have got one since. */
export type ViewersQuestion =
  | { kind: 'open'; port: number; path: string; key: string; count: number }
  | { kind: 'arm' }
  | { kind: 'last' };

const opening = 100;
const newline = 10;
let count = 0;
let received = 0;
let finished: Promise<number> = Promise.resolve(0);
let finish: (at: number) => void = () => {};

function arm(): void {
  received = 0;
  finished = new Promise((resolve) => {
    finish = resolve;
  });
}

/** Opens a viewer; answers once it has a message. A message ends with an empty line and is longer than a heartbeat. */
function view(port: number, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(request));
    let unread = 0;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('A viewer was let go.')));
    socket.on('data', (chunk) => {
      unread += chunk.length;
      if (unread < 1000 || chunk.at(-1) !== newline || chunk.at(-2) !== newline) return;
      unread = 0;
      received++;
      resolve();
      if (received === count) finish(sharedClock());
    });
  });
}

async function open({ port, path, key, count: wanted }: Extract<ViewersQuestion, { kind: 'open' }>): Promise<void> {
  const head = [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', `authorization: Bearer ${key}`, 'accept: text/event-stream'];
  const request = `${head.join('\r\n')}\r\n\r\n`;
  count = wanted;
  for (let opened = 0; opened < wanted; opened += opening) {
    const together = Array.from({ length: Math.min(opening, wanted - opened) }, () => view(port, request));
    await Promise.all(together);
  }
}

answering((question: ViewersQuestion) => {
  if (question.kind === 'open') return open(question);
  return question.kind === 'arm' ? arm() : finished;
});
