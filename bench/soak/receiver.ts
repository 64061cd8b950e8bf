import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Webhook } from 'standardwebhooks';

/** What came to one address. */
export interface Inbox {
  /** Who the accepted messages were about, and how often each came. */
  accepted: Map<string, number>;
  verifier?: Webhook;
}

/** A receiver that fails at random. */
export interface FailingReceiver {
  origin: string;
  inboxes: Map<string, Inbox>;
  counts: { received: number; forged: number; failed: number };
  close(): void;
}

/** Starts a receiver on loopback that fails so many of its requests: cut off, 500, 302 or 400, in equal parts. */
export async function startFailingReceiver(share: number): Promise<FailingReceiver> {
  const inboxes = new Map<string, Inbox>();
  const counts = { received: 0, forged: 0, failed: 0 };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      counts.received++;
      const inbox = inboxes.get(request.url ?? '');
      try {
        inbox?.verifier?.verify(body, request.headers as Record<string, string>);
      } catch {
        counts.forged++;
      }
      const luck = Math.random() / share;
      if (luck < 1) {
        counts.failed++;
        if (luck < 0.25) return response.destroy();
        return response.writeHead(luck < 0.5 ? 500 : luck < 0.75 ? 302 : 400).end();
      }
      const { participant } = (JSON.parse(body) as { data: { participant: string } }).data;
      inbox?.accepted.set(participant, (inbox.accepted.get(participant) ?? 0) + 1);
      return response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inboxes,
    counts,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
