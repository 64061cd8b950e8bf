import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import type { Database } from '../database.ts';
import { program } from '../laurel.ts';
import type { Account } from './accounts.ts';
import type { CardPayments } from './card.ts';
import { redeemCoupon } from './coupons.ts';
import { currency, type Product } from './products.ts';

/** A bought kite. */
export interface Purchase {
  id: string;
  product: string;
  priceMinor: number;
  /** What Laurel keeps of it; of one paid by card Stripe tells, not the shop. */
  conversionId: string | null;
  createdAt: Date;
  refundedAt: Date | null;
}

/** A code that is no coupon to be had, and nobody’s who could be thanked. Nothing was bought. */
export class CodeRefused extends Error {}

/** The purchases of the shop. */
export interface Purchases {
  /**
   * Buys, once for each id: the same id again is the same purchase. A code is a coupon of the shop's, or a friend's own.
   * @throws CodeRefused
   */
  buy(id: string, account: Account, product: Product, code?: string): Promise<void>;
  /** The same by card: what Laurel hears of it, it hears from Stripe. */
  buyByCard(id: string, account: Account, product: Product, code?: string): Promise<void>;
  /** Gives the money back, once. */
  refund(id: string, account: Account): Promise<void>;
  find(id: string, account: Account): Promise<Purchase | null>;
  list(account: Account): Promise<Purchase[]>;
}

const columns = `id, product, price_minor as "priceMinor", conversion_id as "conversionId", created_at as "createdAt",
  refunded_at as "refundedAt"`;

export function createPurchases(database: Database, laurel: Laurel, card: CardPayments): Purchases {
  return {
    // The purchase and its conversion commit together: no sale without points, no points without a sale.
    buy: (id, account, product, code) =>
      database.inTransaction(async (transaction) => {
        const sale = await sell(transaction, { id, account, product, byCard: false }, code);
        if (!sale) return;
        const conversion = await laurel.api
          .with(transaction)
          .conversions.create({
            program,
            participant: account.id,
            event: 'purchase',
            amount: { minor: sale.minor, currency },
            idempotencyKey: id,
            ...(sale.friendsCode && { couponCode: sale.friendsCode }),
          })
          .catch(refuseCode);
        await transaction.query('update shop.purchase set conversion_id = $2 where id = $1', [id, conversion.id]);
      }),

    buyByCard: async (id, account, product, code) => {
      const sale = await database.inTransaction((transaction) =>
        sell(transaction, { id, account, product, byCard: true }, code),
      );
      const { rows } = await database.query<{ minor: number }>(
        'select price_minor as minor from shop.purchase where id = $1',
        [id],
      );
      // However often it is told, it counts once.
      await card.paid(id, account, rows[0]?.minor ?? product.priceMinor, sale?.friendsCode);
    },

    refund: async (id, account) => {
      const refunded = await database.inTransaction(async (transaction) => {
        const { rows } = await transaction.query<{ conversion: string | null; minor: number }>(
          `update shop.purchase set refunded_at = now()
           where id = $1 and account_id = $2 and refunded_at is null
           returning conversion_id as conversion, price_minor as minor`,
          [id, account.id],
        );
        const [refunded] = rows;
        const reason = 'returned by the customer';
        if (refunded?.conversion) {
          await laurel.api.with(transaction).conversions.reverse({ conversion: refunded.conversion, reason });
        }
        return refunded;
      });
      if (refunded && !refunded.conversion) await card.refunded(id, refunded.minor);
    },

    find: async (id, account) => {
      const text = `select ${columns} from shop.purchase where id = $1 and account_id = $2`;
      return (await database.query<Purchase>(text, [id, account.id])).rows[0] ?? null;
    },

    list: async (account) => {
      const text = `select ${columns} from shop.purchase where account_id = $1 order by created_at desc limit 50`;
      return (await database.query<Purchase>(text, [account.id])).rows;
    },
  };
}

/** Writes a purchase down, with what its code takes off; `null` where it is there already. */
async function sell(
  transaction: Pick<Database, 'query'>,
  { id, account, product, byCard }: { id: string; account: Account; product: Product; byCard: boolean },
  code: string | undefined,
): Promise<{ minor: number; friendsCode?: string | undefined } | null> {
  const { rows } = await transaction.query(
    `insert into shop.purchase (id, account_id, product, price_minor, by_card) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing returning id`,
    [id, account.id, product.slug, product.priceMinor, byCard],
  );
  if (rows.length === 0) return null;
  if (!code) return { minor: product.priceMinor };
  const off = await redeemCoupon(transaction, code, { purchase: id, account: account.id });
  if (off === null) {
    if (!/^[\w-]{3,40}$/.test(code)) throw new CodeRefused();
    return { minor: product.priceMinor, friendsCode: code };
  }
  const minor = Math.round((product.priceMinor * (100 - off)) / 100);
  await transaction.query('update shop.purchase set price_minor = $2 where id = $1', [id, minor]);
  return { minor };
}

function refuseCode(error: unknown): never {
  const isCode = error instanceof LaurelProblem && ['code_not_found', 'self_referral'].includes(error.code);
  throw isCode ? new CodeRefused() : error;
}
