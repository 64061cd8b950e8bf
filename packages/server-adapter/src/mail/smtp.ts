import type { Transporter } from 'nodemailer';
import type { MailMessage } from './message.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const timeoutMilliseconds = 20_000;

/**
 * Sends by SMTP (RFC 5321). The connection must be encrypted (STARTTLS or `smtps:`) unless the server is on this machine.
 * @param url - such as `smtps://name:password@mail.example`
 */
export function smtpTransport(url: string) {
  const local = loopback.test(new URL(url).hostname);
  let transporter: Promise<Transporter> | undefined;
  const connect = async () => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url,
      ...(local ? { ignoreTLS: url.startsWith('smtp:') } : { requireTLS: true }),
      connectionTimeout: timeoutMilliseconds,
      greetingTimeout: timeoutMilliseconds,
      socketTimeout: timeoutMilliseconds,
      // Nothing of a message is a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    }) as Transporter;
  };
  return {
    deliver: async (message: MailMessage): Promise<void> => {
      transporter ??= connect();
      await (await transporter).sendMail({ ...message, envelope: undefined });
    },
    close: () => void transporter?.then((each) => each.close()),
  };
}
