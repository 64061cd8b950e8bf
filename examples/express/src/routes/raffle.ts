import { Router } from 'express';
import { kindsPage } from '../pages/kinds.ts';
import { contestPage, rafflePage } from '../pages/raffle.ts';
import { currentRaffle } from '../raffles.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';

/** The raffles, and contests of further kinds. */
export function raffleRoutes({ laurel }: Shop, { account, show }: Visits): Router {
  const router = Router();
  router.get('/draw', async (request, response) => {
    const member = (await account(request)) !== null;
    await show(request, response, rafflePage(await currentRaffle(laurel), member));
  });
  router.get('/draw/:contest', (request, response) => show(request, response, contestPage(request.params.contest)));
  router.get('/contests', async (request, response) => {
    await show(request, response, kindsPage((await account(request)) !== null));
  });
  return router;
}
