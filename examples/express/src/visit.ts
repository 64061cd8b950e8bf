import type { Request, Response } from 'express';
import type { Html } from './html.ts';
import { layout } from './pages/layout.ts';
import type { Account } from './shop/accounts.ts';
import type { Shop } from './site.ts';

/** A page without what all pages share. */
export interface Page {
  title: string;
  main: Html;
  /** Whether it holds elements of Laurel's widget. */
  widget?: boolean;
  status?: number;
}

/** Who is looking, and showing them a page. */
export interface Visits {
  /** The signed-in customer. */
  account(request: Request): Promise<Account | null>;
  /** The same; a stranger is sent to join first and `null` comes back. */
  member(request: Request, response: Response): Promise<Account | null>;
  show(request: Request, response: Response, page: Page): Promise<void>;
}

export function createVisits({ sessions, accounts, publishableKey }: Shop): Visits {
  const known = new WeakMap<Request, Promise<Account | null>>();
  const account = (request: Request) => {
    const id = sessions.read(request.headers.cookie);
    const found = known.get(request) ?? (id === null ? Promise.resolve(null) : accounts.find(id));
    known.set(request, found);
    return found;
  };

  return {
    account,
    member: async (request, response) => {
      const member = await account(request);
      if (!member) response.redirect(303, `/join?${new URLSearchParams({ next: request.originalUrl })}`);
      return member;
    },
    show: async (request, response, { title, main, widget = false, status = 200 }) => {
      const visitor = await account(request);
      const page = layout({ title, main, visitor, path: request.path, publishableKey: widget ? publishableKey : null });
      response.status(status).set('cache-control', 'no-store').type('html').send(page.markup);
    },
  };
}
