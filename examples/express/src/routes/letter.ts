import { Router } from 'express';
import { letterPage, mailboxPage } from '../pages/letter.ts';
import { listMessages } from '../shop/mailbox.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';

/** The letter, and where its messages lie. */
export function letterRoutes({ database }: Shop, { show }: Visits): Router {
  const router = Router();
  router.get('/letter', (request, response) => show(request, response, letterPage));
  router.get('/mailbox', async (request, response) =>
    show(request, response, mailboxPage(await listMessages(database))),
  );
  return router;
}
