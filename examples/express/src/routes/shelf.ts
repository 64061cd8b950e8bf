import { Router } from 'express';
import { rallyPage } from '../pages/rally.ts';
import { productPage, shelfPage } from '../pages/shelf.ts';
import { findProduct } from '../shop/products.ts';
import type { Visits } from '../visit.ts';
import { originOf } from './origin.ts';

/** What everybody may look at. */
export function shelfRoutes({ account, show }: Visits): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const origin = originOf(request.query);
    const query = new URLSearchParams(origin).toString();
    const joinUrl = query ? `/join?${query}` : '/join';
    const member = (await account(request)) !== null;
    await show(request, response, shelfPage({ invited: query !== '', member, joinUrl }));
  });

  router.get('/products/:slug', async (request, response, next) => {
    const product = findProduct(request.params.slug);
    if (!product) return next();
    await show(request, response, productPage(product));
  });

  router.get('/contest', async (request, response) => {
    await show(request, response, rallyPage((await account(request)) !== null));
  });

  return router;
}
