import { randomBytes } from 'node:crypto';
import type { Database } from '../database.ts';

/** A coupon code for a reward: made once, the same whenever it is asked for again. */
export async function makeCoupon(
  database: Database,
  { id, item, externalId }: { id: string; item: string | null; externalId: string },
): Promise<{ code: string }> {
  const kind = item ?? 'GIFT';
  const code = `${kind.toUpperCase().replace(/[^A-Z]+/g, '-')}-${randomBytes(4).toString('hex').toUpperCase()}`;
  await database.query(
    // Readers of the letter have no account here: who has the code may use it.
    `insert into shop.coupon (reward_id, code, kind, account_id)
     values ($1, $2, $3, (select id from shop.account where id::text = $4)) on conflict (reward_id) do nothing`,
    [id, code, kind, externalId],
  );
  const { rows } = await database.query<{ code: string }>('select code from shop.coupon where reward_id = $1', [id]);
  return { code: rows[0]?.code ?? code };
}

/** Per cent that a coupon takes off, by its kind. */
const percentOff: Readonly<Record<string, number>> = { FIRST: 10, LETTER: 5 };

/**
 * Takes a coupon for a purchase, once: of several purchases at the same time one gets it. Answers the per cent it takes off,
 * `null` for what is no coupon, is somebody else's, or was used.
 */
export async function redeemCoupon(
  { query }: Pick<Database, 'query'>,
  code: string,
  { purchase, account }: { purchase: string; account: string },
): Promise<number | null> {
  const { rows } = await query<{ kind: string }>(
    `update shop.coupon set purchase_id = $2
     where code = upper($1) and purchase_id is null and (account_id is null or account_id = $3) returning kind`,
    [code, purchase, account],
  );
  return percentOff[rows[0]?.kind ?? ''] ?? null;
}
