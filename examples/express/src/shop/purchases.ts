import type { Laurel } from '@laurelkit/server-adapter';
import type { Database } from '../database.ts';
import { program } from '../laurel.ts';
import type { Account } from './accounts.ts';
import type { CardPayments } from './card.ts';
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

/** The purchases of the shop. */
export interface Purchases {
  /** Buys, once for each id: the same id again is the same purchase. */
  buy(id: string, account: Account, product: Product): Promise<void>;
  /** The same by card: what Laurel hears of it, it hears from Stripe. */
  buyByCard(id: string, account: Account, product: Product): Promise<void>;
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
    buy: (id, account, product) =>
      database.inTransaction(async (transaction) => {
        const { rows } = await transaction.query(
          `insert into shop.purchase (id, account_id, product, price_minor) values ($1, $2, $3, $4)
           on conflict (id) do nothing returning id`,
          [id, account.id, product.slug, product.priceMinor],
        );
        if (rows.length === 0) return;
        const conversion = await laurel.api.with(transaction).conversions.create({
          program,
          participant: account.id,
          event: 'purchase',
          amount: { minor: product.priceMinor, currency },
          idempotencyKey: id,
        });
        await transaction.query('update shop.purchase set conversion_id = $2 where id = $1', [id, conversion.id]);
      }),

    buyByCard: async (id, account, { slug, priceMinor }) => {
      await database.query(
        `insert into shop.purchase (id, account_id, product, price_minor, by_card) values ($1, $2, $3, $4, true)
         on conflict (id) do nothing`,
        [id, account.id, slug, priceMinor],
      );
      // However often it is told, it counts once.
      await card.paid(id, account, priceMinor);
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
