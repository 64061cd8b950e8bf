import { answerInTime } from '../answer-in-time.ts';
import { LaurelConfigurationError } from '../problem.ts';
import { assertOneLineHeaders, type MailMessage } from './message.ts';
import { smtpTransport } from './smtp.ts';

/** How mail leaves: an SMTP server by its URL (`smtp://`, `smtps://`), or a function of the host's own. */
export interface MailOptions {
  /** The sender, such as `Shop <hello@shop.example>`. */
  from: string;
  /** A rejection means "again later", and so does no answer within a minute. Repeated, a message keeps its `messageId`. */
  transport: string | ((message: MailMessage) => Promise<void>);
}

/** How long a function of the host's may take: no message waits behind another for ever. */
const patienceMilliseconds = 60_000;

/** Sends messages of the installation. */
export interface Mail {
  /** Hands a message on; rejects when nobody took it. */
  send(message: Omit<MailMessage, 'from'>): Promise<void>;
  close(): void;
}

/** One address, alone or after a name, on one line. */
const sender = /^([^<>,\p{Cc}]*<[^\s<>,@]+@[^\s<>,@]+>|[^\s<>,@]+@[^\s<>,@]+)$/u;

/**
 * Refuses mail options that cannot work.
 * @throws LaurelConfigurationError
 */
export function assertMailOptions({ from, transport }: MailOptions): void {
  if (!sender.test(from)) {
    throw new LaurelConfigurationError('"mail.from" must be an address such as Shop <hello@shop.example>.');
  }
  if (typeof transport === 'function') return;
  const url = URL.canParse(transport) ? new URL(transport) : undefined;
  if (!url?.hostname || !/^smtps?:$/.test(url.protocol)) {
    throw new LaurelConfigurationError('"mail.transport" must be an smtp:// or smtps:// URL, or a function.');
  }
}

/** Makes the mail of an installation. Nothing is connected to before the first message. */
export function createMail({ from, transport }: MailOptions, patience = patienceMilliseconds): Mail {
  const { deliver, close } =
    typeof transport === 'function'
      ? { deliver: (message: MailMessage) => answerInTime(patience, () => transport(message)), close: () => {} }
      : smtpTransport(transport);
  return {
    send: async (message) => {
      const whole = { ...message, from };
      assertOneLineHeaders(whole);
      await deliver(whole);
    },
    close,
  };
}
