import { connect, type Socket } from 'node:net';

/** What came back: an HTTP status, or 0 where the connection was lost. */
export type Outcome = number;

/** One keep-alive connection that carries one request at a time. */
export interface Connection {
  /** Sends a request to a path and answers its status; 0 when the connection broke. */
  post(path: string, body: string): Promise<Outcome>;
  close(): void;
}

/**
 * Opens connections to a port as a plain HTTP/1.1 client on sockets: the machine is shared with the servers, so the
 * client must cost as little as it can.
 */
export function openConnection(port: number, key: string): Connection {
  let socket: Socket | undefined;
  let answer: ((status: Outcome) => void) | undefined;
  let text = '';

  const settle = (status: Outcome) => {
    const waiting = answer;
    answer = undefined;
    text = '';
    waiting?.(status);
  };

  const onData = (chunk: string) => {
    text += chunk;
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? Number.NaN);
    const complete = Number.isNaN(length) ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + length;
    if (!complete) return;
    const last = /\r\nconnection: close/i.test(text.slice(0, head));
    const status = Number(text.slice(9, 12));
    if (last) socket = undefined;
    settle(status);
  };

  const open = () => {
    const next = connect({ port, host: '127.0.0.1', noDelay: true });
    next.setEncoding('latin1');
    next.on('data', onData);
    next.on('error', () => {});
    next.on('close', () => {
      if (socket !== next) return;
      socket = undefined;
      settle(0);
    });
    return next;
  };

  return {
    post: (path, body) =>
      new Promise((resolve) => {
        socket ??= open();
        answer = resolve;
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: laurel\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
      }),
    close: () => socket?.destroy(),
  };
}
