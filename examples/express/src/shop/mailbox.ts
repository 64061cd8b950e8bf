import type { Database } from '../database.ts';

/** A message as Laurel hands it on. Its `messageId` is the same at every try. */
interface Message {
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

/** A message that a real shop would have sent. */
export type Letter = Omit<Message, 'messageId'>;

/** Keeps a message instead of sending it, once for each id. A real shop gives Laurel its SMTP server. */
export async function keepMessage(database: Database, { messageId, to, subject, text }: Message): Promise<void> {
  await database.query(
    `insert into shop.message (id, recipient, subject, body) values ($1, $2, $3, $4) on conflict (id) do nothing`,
    [messageId, to, subject, text],
  );
}

/** The latest messages. */
export async function listMessages(database: Database): Promise<Letter[]> {
  const { rows } = await database.query<Letter>(
    `select recipient as "to", subject, body as text from shop.message order by sent_at desc, id limit 20`,
  );
  return rows;
}
