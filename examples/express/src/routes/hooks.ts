import express, { Router } from 'express';
import { WebhookVerificationError } from 'standardwebhooks';
import { keepHeard } from '../shop/hooks.ts';
import type { Shop } from '../site.ts';

/** Where Laurel tells of what happens. The signature is over the raw body. */
export function hookRoutes({ database }: Pick<Shop, 'database'>): Router {
  const router = Router();
  router.post('/hooks/laurel', express.raw({ type: 'application/json' }), async (request, response) => {
    try {
      await keepHeard(database, String(request.body), request.headers as Record<string, string>);
      response.sendStatus(204);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      response.sendStatus(400);
    }
  });
  return router;
}
