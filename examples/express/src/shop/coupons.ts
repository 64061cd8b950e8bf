import { randomBytes } from 'node:crypto';
import type { Database } from '../database.ts';

/** A coupon code for a reward: made once, the same whenever it is asked for again. */
export async function makeCoupon(
  database: Database,
  { id, item }: { id: string; item: string | null },
): Promise<{ code: string }> {
  const kind = item ?? 'GIFT';
  const code = `${kind.toUpperCase().replace(/[^A-Z]+/g, '-')}-${randomBytes(4).toString('hex').toUpperCase()}`;
  await database.query(
    'insert into shop.coupon (reward_id, code, kind) values ($1, $2, $3) on conflict (reward_id) do nothing',
    [id, code, kind],
  );
  const { rows } = await database.query<{ code: string }>('select code from shop.coupon where reward_id = $1', [id]);
  return { code: rows[0]?.code ?? code };
}
