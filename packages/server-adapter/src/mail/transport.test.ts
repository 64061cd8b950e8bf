import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertMailOptions, createMail, type Mail } from './transport.ts';

const from = 'Shop <hello@shop.example>';
const message = {
  to: 'eve@own.example',
  subject: 'Confirma tu dirección: “Amigos” 🎉',
  text: 'Olá,\n\n.\nhttps://shop.example/?laurel_confirm=abc&x=1\n',
  html: '<p>Olá &amp; adeus</p>',
  messageId: '<0197b1c8@laurel.invalid>',
};

/** What arrived: envelope, and the message as it came over the wire. */
interface Arrived {
  sender: string;
  recipients: string[];
  raw: string;
}

/** One way for mail to leave, and what came out at the other end. */
interface Way {
  mail: Mail;
  arrived: Arrived[];
  /** Makes the other end refuse from now on. */
  refuse(reply: Error | null): void;
  close(): Promise<void>;
}

/** A real SMTP server on the loopback interface. */
async function smtpWay(): Promise<Way> {
  const arrived: Arrived[] = [];
  let refusal: Error | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_, __, callback) => callback(refusal),
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
        const raw = Buffer.concat(chunks).toString();
        arrived.push({ sender, recipients: envelope.rcptTo.map(({ address }) => address), raw });
        callback();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const mail = createMail({ from, transport: `smtp://127.0.0.1:${port}` });
  return {
    mail,
    arrived,
    refuse: (reply) => {
      refusal = reply;
    },
    close: async () => {
      mail.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A function of the host's own, which writes the message down as a mail server would get it. */
async function functionWay(): Promise<Way> {
  const { createTransport } = await import('nodemailer');
  const writer = createTransport({ streamTransport: true, buffer: true });
  const arrived: Arrived[] = [];
  let refusal: Error | null = null;
  const mail = createMail({
    from,
    transport: async (whole) => {
      if (refusal) throw refusal;
      const sent = await writer.sendMail(whole);
      const { from: sender, to } = sent.envelope;
      arrived.push({ sender: String(sender), recipients: to, raw: String(sent.message) });
    },
  });
  return {
    mail,
    arrived,
    refuse: (reply) => {
      refusal = reply;
    },
    close: async () => mail.close(),
  };
}

const bytesOf = (text: string) =>
  text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A message as its reader sees it: encoded words (RFC 2047) and quoted-printable (RFC 2045) undone, as far as is needed here. */
function readable(raw: string): string {
  const words = raw.replace(/=\?UTF-8\?([QB])\?([^?]*)\?=(\r?\n (?==\?))?/g, (_, kind: string, text: string) =>
    kind === 'B' ? Buffer.from(text, 'base64').toString('latin1') : bytesOf(text.replaceAll('_', ' ')),
  );
  return Buffer.from(bytesOf(words.replace(/=\r?\n/g, '')), 'latin1').toString();
}

describe.each([
  ['an SMTP server', smtpWay],
  ['a function of the host’s', functionWay],
])('mail through %s', (_, open) => {
  let way: Way;
  beforeAll(async () => {
    way = await open();
  });
  afterAll(() => way.close());

  it('arrives whole, at one recipient, from the host', async () => {
    await way.mail.send(message);
    const got = way.arrived.at(-1);
    expect(got).toMatchObject({ sender: 'hello@shop.example', recipients: [message.to] });
    expect(got?.raw).toMatch(/^From: Shop <hello@shop\.example>\r?$/m);
    expect(got?.raw).toMatch(/^Message-ID: <0197b1c8@laurel\.invalid>\r?$/m);
    expect(got?.raw).toMatch(/multipart\/alternative/);
    const text = readable(got?.raw ?? '');
    for (const part of [`Subject: ${message.subject}`, 'Olá,', 'laurel_confirm=abc&x=1', '<p>Olá &amp; adeus</p>'])
      expect(text).toContain(part);
  });

  it('refuses headers of more than one line, and more than one recipient', async () => {
    const before = way.arrived.length;
    for (const bad of [
      { to: 'eve@own.example\r\nBcc: bob@own.example' },
      { to: 'eve@own.example, bob@own.example' },
      { to: 'Eve <eve@own.example>' },
      { subject: 'Hello\r\nBcc: bob@own.example' },
      { subject: 'Hello\u0000' },
      { messageId: '<a@b>\nX-Evil: 1' },
    ]) {
      await expect(way.mail.send({ ...message, ...bad })).rejects.toMatchObject({ code: 'internal_error' });
    }
    expect(way.arrived).toHaveLength(before);
  });

  it('says so when nobody took the message, and works again afterwards', async () => {
    const before = way.arrived.length;
    way.refuse(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    await expect(way.mail.send(message)).rejects.toMatchObject({ responseCode: 550 });
    way.refuse(null);
    await way.mail.send(message);
    expect(way.arrived).toHaveLength(before + 1);
  });
});

it('a function that never answers has not taken the message', async () => {
  const mail = createMail({ from, transport: () => new Promise(() => {}) }, 20);
  await expect(mail.send(message)).rejects.toThrow('No answer within 0.02 seconds.');
});

describe('mail options', () => {
  it('are refused where they cannot work', () => {
    const transport = async () => {};
    for (const bad of ['', 'Shop', 'Shop <hello>', 'a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example']) {
      expect(() => assertMailOptions({ from: bad, transport }), bad).toThrow(/mail\.from/);
    }
    for (const bad of ['', 'mail.example', 'https://mail.example', 'smtp:']) {
      expect(() => assertMailOptions({ from, transport: bad }), bad).toThrow(/mail\.transport/);
    }
    for (const good of ['hello@shop.example', from]) assertMailOptions({ from: good, transport });
    assertMailOptions({ from, transport: 'smtps://name:password@mail.example:465' });
  });

  it('lead to an unencrypted connection on this machine alone', async () => {
    const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    // The same server by a name that is not known to be local.
    const mail = createMail({ from, transport: `smtp://[::ffff:127.0.0.1]:${port}` });
    await expect(mail.send(message)).rejects.toThrow(/STARTTLS|TLS/i);
    mail.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
});
