import { randomUUID } from 'node:crypto';
import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import type { Database } from '../database.ts';
import { program } from '../laurel.ts';

/** A customer. */
export interface Account {
  id: string;
  email: string;
  name: string;
  /** Whether the name may stand on the public board; otherwise Laurel shows a pseudonym. */
  onBoard: boolean;
}

/** What the sign-up form asks, and how the visitor came here. */
export interface SignUp {
  email: string;
  name: string;
  onBoard: boolean;
  /** The visitor's `Cookie` header: Laurel finds its own click in it. */
  cookie?: string | undefined;
  /** The click in the address, for visitors without cookies. */
  clickId?: string | undefined;
  referralCode?: string | undefined;
}

/** The customers of the shop. */
export interface Accounts {
  find(id: string): Promise<Account | null>;
  findByEmail(email: string): Promise<Account | null>;
  /** Makes an account; `null` when the address has one already. */
  signUp(given: SignUp): Promise<Account | null>;
  showOnBoard(account: Account, onBoard: boolean): Promise<void>;
}

const columns = 'id, email, name, on_board as "onBoard"';

export function createAccounts(database: Database, laurel: Laurel): Accounts {
  const findBy = async (column: 'id' | 'email', value: string) => {
    const found = await database.query<Account>(`select ${columns} from shop.account where ${column} = $1`, [value]);
    return found.rows[0] ?? null;
  };

  return {
    find: (id) => findBy('id', id),
    findByEmail: (email) => findBy('email', email),

    // Account, participant and referral: all three or none.
    signUp: ({ email, name, onBoard, ...origin }) =>
      database.inTransaction(async (transaction) => {
        const { rows } = await transaction.query<Account>(
          `insert into shop.account (id, email, name, on_board) values ($1, $2, $3, $4)
           on conflict (email) do nothing returning ${columns}`,
          [randomUUID(), email, name, onBoard],
        );
        const account = rows[0];
        if (!account) return null;
        const { participants, referrals } = laurel.api.with(transaction);
        await participants.upsert({ externalId: account.id, displayName: onBoard ? name : null, name, email });
        await referrals.create({ program, participant: account.id, ...present(origin) }).catch(unlessRefused);
        return account;
      }),

    showOnBoard: (account, onBoard) =>
      database.inTransaction(async (transaction) => {
        await transaction.query('update shop.account set on_board = $2 where id = $1', [account.id, onBoard]);
        await laurel.api
          .with(transaction)
          .participants.upsert({ externalId: account.id, displayName: onBoard ? account.name : null });
      }),
  };
}

/** Nobody sent this visitor, or the link is too old: no reason to refuse a customer. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof LaurelProblem && error.status < 500)) throw error;
}

const present = <Given extends object>(given: Given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Given]: NonNullable<Given[Key]>;
  };
