import { LaurelProblem } from '@laurelkit/server-adapter';
import { Router } from 'express';
import { program } from '../laurel.ts';
import { staffPage } from '../pages/staff.ts';
import { listHeard } from '../shop/hooks.ts';
import { applyOldList, checkOldList } from '../shop/old-list.ts';
import { listPayments } from '../shop/payments.ts';
import { currency } from '../shop/products.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';
import { formOf } from './form.ts';

/** What the shop's staff do. A real shop asks here who is signed in. */
export function staffRoutes({ laurel, database }: Shop, { show }: Visits): Router {
  const router = Router();
  const counter = async () => ({ payments: await listPayments(database), heard: await listHeard(database) });

  router.get('/staff', async (request, response) => show(request, response, staffPage(await counter())));

  router.get('/staff/token', async (_request, response) => {
    const { token } = await laurel.api.staff.createToken({ name: 'Demo staff' });
    response.set('cache-control', 'no-store').type('text').send(token);
  });

  router.post('/staff/payouts', async (_request, response) => {
    try {
      const { id } = await laurel.api.payouts.createBatch({ program, currency });
      await laurel.api.payouts.approveBatch({ batch: id });
    } catch (error) {
      if (!(error instanceof LaurelProblem && error.code === 'nothing_to_pay')) throw error;
    }
    response.redirect(303, '/staff');
  });

  router.post('/staff/old-list', async (request, response) => {
    const report = await (formOf(request).what === 'apply' ? applyOldList(laurel) : checkOldList(laurel));
    await show(request, response, staffPage({ ...(await counter()), report }));
  });

  return router;
}
