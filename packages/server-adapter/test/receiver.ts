import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { channelOf } from '../src/bus.ts';
import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

/** A message as it came. */
export interface Received {
  path: string;
  id: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a receiver answers: a status, or whatever it does with the response itself. */
export type Answering = (message: Received, response: ServerResponse) => number | undefined;

/** A server on loopback that keeps what it receives. */
export interface Receiver {
  origin: string;
  received: Received[];
  /** What it does from now on; 204 unless told. */
  answering(answer: Answering): void;
  close(): Promise<void>;
}

/** Starts a receiver; the origin is one for `webhooks.allow`. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: Answering = () => 204;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const message = { path, headers, body, id: String(headers['webhook-id']) };
      received.push(message);
      const status = answer(message, response);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answering: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether the reference library of Standard Webhooks takes the message for genuine. */
export function verifies(secret: string, { body, headers }: Pick<Received, 'body' | 'headers'>): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Ends all pauses before the next try, which are seconds to a day, and those of circuits. */
export async function hurry(laurel: Pick<TestLaurel, 'schema'>): Promise<void> {
  await sql(laurel, `update $schema.webhook_endpoint set paused_until = '-infinity' where paused_until > now()`);
  await sql(laurel, `update $schema.webhook_delivery set due_at = now() where state = 'pending' and due_at > now()`);
  await sql(laurel, 'select pg_notify($1, $2)', [channelOf(laurel.schema), '{"webhooks":true}']);
}
