import { Router } from 'express';
import { accountPage } from '../pages/account.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';
import { formOf } from './form.ts';

/** What is the customer's own. */
export function accountRoutes({ accounts, purchases }: Shop, { member, show }: Visits): Router {
  const router = Router();

  router.get('/account', async (request, response) => {
    const account = await member(request, response);
    if (account) await show(request, response, accountPage(account, await purchases.list(account)));
  });

  router.post('/account/board', async (request, response) => {
    const account = await member(request, response);
    if (!account) return;
    await accounts.showOnBoard(account, formOf(request).onBoard === 'yes');
    response.redirect(303, '/account');
  });

  return router;
}
