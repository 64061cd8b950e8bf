import type { Database } from '../database.ts';

/** What is to be paid. Its id is the same however often it is asked for. */
interface Payout {
  id: string;
  externalId: string;
  minor: number;
  currency: string;
}

/** Money that left the shop. */
export interface Payment {
  name: string;
  minor: number;
  currency: string;
}

/** Sends money, once for each payout. A real shop calls its bank here, with the id as the bank's idempotency key. */
export async function sendMoney(
  database: Database,
  { id, externalId, minor, currency }: Payout,
): Promise<{ reference: string }> {
  await database.query(
    `insert into shop.payment (payout_id, account_id, minor, currency) values ($1, $2, $3, $4)
     on conflict (payout_id) do nothing`,
    [id, externalId, minor, currency],
  );
  return { reference: `demo-${id.slice(-8)}` };
}

/** The latest payments. */
export async function listPayments(database: Database): Promise<Payment[]> {
  const { rows } = await database.query<Payment>(
    `select account.name, payment.minor, payment.currency from shop.payment
     join shop.account on account.id = payment.account_id order by payment.created_at desc limit 20`,
  );
  return rows;
}
