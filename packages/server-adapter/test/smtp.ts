import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { MailOptions } from '../src/index.ts';

/** A message as it came over the wire. */
export interface Letter {
  to: string[];
  raw: string;
}

const decoded = (text: string) =>
  text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A message as its reader sees it: encoded words (RFC 2047) and quoted-printable (RFC 2045) undone, as far as is needed here. */
export function readable(raw: string): string {
  const words = raw.replace(/=\?UTF-8\?([QB])\?([^?]*)\?=(\r?\n (?==\?))?/g, (_, kind: string, text: string) =>
    kind === 'B' ? Buffer.from(text, 'base64').toString('latin1') : decoded(text.replaceAll('_', ' ')),
  );
  return Buffer.from(decoded(words.replace(/=\r?\n/g, '')), 'latin1').toString();
}

/** A real SMTP server on the loopback interface. @param refuses - a reply code (RFC 5321 §4.2), or `null` to take a message */
export async function smtpServer(refuses: (address: string) => number | null = () => null) {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _, callback) => {
      const responseCode = refuses(address);
      callback(responseCode === null ? null : Object.assign(new Error('refused'), { responseCode }));
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push({ to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() });
        callback();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    mail: { from: 'Shop <hello@shop.example>', transport: `smtp://127.0.0.1:${port}` } satisfies MailOptions,
    letters,
    to: (address: string) => letters.filter(({ to }) => to.includes(address)),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
