import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Laurel } from '@laurelkit/server-adapter';
import { expressHandler } from '@laurelkit/server-adapter/express';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Database } from './database.ts';
import { sorry } from './pages/sorry.ts';
import { accountRoutes } from './routes/account.ts';
import { doorRoutes } from './routes/door.ts';
import { hookRoutes } from './routes/hooks.ts';
import { letterRoutes } from './routes/letter.ts';
import { raffleRoutes } from './routes/raffle.ts';
import { shelfRoutes } from './routes/shelf.ts';
import { staffRoutes } from './routes/staff.ts';
import { tillRoutes } from './routes/till.ts';
import { ownFormsOnly, strictHeaders } from './security.ts';
import type { Sessions } from './session.ts';
import type { Accounts } from './shop/accounts.ts';
import type { Purchases } from './shop/purchases.ts';
import { createVisits, type Visits } from './visit.ts';

/** What the pages work with. */
export interface Shop {
  laurel: Laurel;
  database: Database;
  sessions: Sessions;
  accounts: Accounts;
  purchases: Purchases;
  publishableKey: string;
}

const publicFolder = fileURLToPath(new URL('../public', import.meta.url));
const widgetFolder = dirname(fileURLToPath(import.meta.resolve('@laurelkit/widget/laurel.js')));

/** The whole site: Laurel at `/api`, its widget under `/laurel`, the shop everywhere else. */
export function createSite(shop: Shop): Express {
  const visits = createVisits(shop);
  const site = express();
  site.disable('x-powered-by');
  site.use('/api', expressHandler(shop.laurel));
  site.use(strictHeaders);
  site.use('/laurel', express.static(widgetFolder, { index: false, maxAge: '5m' }));
  site.use(express.static(publicFolder, { index: false, maxAge: '5m' }));
  site.use(hookRoutes(shop));
  site.use(ownFormsOnly, express.urlencoded({ extended: false, limit: '10kb' }));
  site.use(
    shelfRoutes(visits),
    doorRoutes(shop, visits),
    tillRoutes(shop, visits),
    accountRoutes(shop, visits),
    letterRoutes(shop, visits),
    raffleRoutes(shop, visits),
    staffRoutes(shop, visits),
  );
  site.use((request, response) => visits.show(request, response, { ...sorry.notFound, status: 404 }));
  site.use(failed(visits));
  return site;
}

/** Express knows an error handler by its four parameters. */
const failed =
  (visits: Visits): ErrorRequestHandler =>
  (error, request, response, _next) => {
    console.error(error);
    const status = error instanceof Error && 'status' in error && error.status === 400 ? 400 : 500;
    void visits.show(request, response, { ...sorry.failed, status }).catch(() => response.sendStatus(500));
  };
