import { Router } from 'express';
import { checkoutPage, purchasePage } from '../pages/till.ts';
import { findProduct } from '../shop/products.ts';
import { CodeRefused } from '../shop/purchases.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';
import { formOf } from './form.ts';

const isId = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Buying, and giving back. */
export function tillRoutes({ purchases }: Shop, { member, show }: Visits): Router {
  const router = Router();

  router.get('/checkout/:slug', async (request, response, next) => {
    const product = findProduct(request.params.slug);
    if (!product) return next();
    if (await member(request, response)) await show(request, response, checkoutPage(product));
  });

  router.post('/purchases', async (request, response, next) => {
    const { id, product: slug, by, code: typed } = formOf(request);
    const code = String(typed ?? '').trim();
    const product = findProduct(String(slug));
    if (!isId(id) || !product) return next();
    const account = await member(request, response);
    if (!account) return;
    try {
      await (by === 'card' ? purchases.buyByCard : purchases.buy)(id, account, product, code);
    } catch (error) {
      if (!(error instanceof CodeRefused)) throw error;
      return show(request, response, { ...checkoutPage(product, code), status: 422 });
    }
    response.redirect(303, `/purchases/${id}`);
  });

  router.get('/purchases/:id', async (request, response, next) => {
    const { id } = request.params;
    const account = await member(request, response);
    if (!account) return;
    const purchase = isId(id) ? await purchases.find(id, account) : null;
    const product = findProduct(purchase?.product ?? '');
    if (!purchase || !product) return next();
    await show(request, response, purchasePage(purchase, product));
  });

  router.post('/purchases/:id/refund', async (request, response, next) => {
    const { id } = request.params;
    if (!isId(id)) return next();
    const account = await member(request, response);
    if (!account) return;
    await purchases.refund(id, account);
    response.redirect(303, `/purchases/${id}`);
  });

  return router;
}
