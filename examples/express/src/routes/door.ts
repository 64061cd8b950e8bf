import { type Response, Router } from 'express';
import { joinPage, signInPage } from '../pages/door.ts';
import type { Account } from '../shop/accounts.ts';
import type { Shop } from '../site.ts';
import type { Visits } from '../visit.ts';
import { formOf } from './form.ts';
import { originOf } from './origin.ts';

const word = (value: unknown, longest: number) =>
  typeof value === 'string'
    ? value
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, longest)
        .toWellFormed()
    : '';

/** Where to go after signing in: a path of ours, never another site. */
const nextOf = (value: unknown) =>
  typeof value === 'string' && /^\/[a-z0-9/-]*$/.test(value) && !value.startsWith('//') ? value : '/account';

const carriedBy = (given: Record<string, unknown> | undefined) => ({ ...originOf(given), next: nextOf(given?.next) });

/** Joining, signing in and out. */
export function doorRoutes({ accounts, sessions }: Shop, { show }: Visits): Router {
  const router = Router();
  const enter = (response: Response, account: Account, to: unknown) => {
    response.append('set-cookie', sessions.start(account.id)).redirect(303, nextOf(to));
  };

  router.get('/join', (request, response) => show(request, response, joinPage({ hidden: carriedBy(request.query) })));

  router.post('/join', async (request, response) => {
    const body = formOf(request);
    const { ref, rid } = originOf(body);
    const form = {
      name: word(body.name, 60),
      email: word(body.email, 200).toLowerCase(),
      onBoard: body.onBoard === 'yes',
    };
    const refuse = (field: 'name' | 'email', text: string) =>
      show(request, response, {
        ...joinPage({ ...form, hidden: carriedBy(body), problem: { field, text } }),
        status: 422,
      });
    if (form.name === '') return refuse('name', 'Tell us what to call you.');
    if (!/^\S+@\S+\.\S+$/.test(form.email)) return refuse('email', 'This is not an e-mail address.');
    const account = await accounts.signUp({ ...form, clickId: rid, referralCode: ref, cookie: request.headers.cookie });
    if (!account) return refuse('email', 'This address has an account already. Sign in instead.');
    enter(response, account, body.next);
  });

  router.get('/sign-in', (request, response) =>
    show(request, response, signInPage({ hidden: carriedBy(request.query) })),
  );

  router.post('/sign-in', async (request, response) => {
    const body = formOf(request);
    const email = word(body.email, 200).toLowerCase();
    const account = await accounts.findByEmail(email);
    if (account) return enter(response, account, body.next);
    const problem = { field: 'email', text: 'No account has this address.' } as const;
    await show(request, response, { ...signInPage({ email, problem, hidden: carriedBy(body) }), status: 422 });
  });

  router.post('/sign-out', (_request, response) => {
    response.append('set-cookie', sessions.end()).redirect(303, '/');
  });

  return router;
}
