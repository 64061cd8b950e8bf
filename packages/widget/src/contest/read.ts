import type { Connection } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import { phaseOf } from '../stores/phase.ts';
import { answers } from './answers.ts';
import { keepReceipt } from './receipt.ts';
import type { Contest, View } from './state.ts';

const routes = {
  contest: 'GET /contests/{contest}',
  me: 'GET /contests/{contest}/me',
  history: 'GET /contests/{contest}/history',
  own: 'GET /programs/{program}/me',
  plays: 'GET /contests/{contest}/plays',
  draw: 'GET /contests/{contest}/draw',
  results: 'GET /contests/{contest}/results',
  receipt: 'GET /contests/{contest}/draw/receipt',
} as const;

const needsLink = ({ kind, actions }: Contest) => kind === 'waitlist' || actions.some((each) => each.kind === 'share');

const absent = () => null;

/** Reads a contest and the visitor's part in it: what everybody sees must come, what is beside it may be missing. */
export async function readContest({ session, checked }: Kit, contest: string): Promise<View> {
  const as = session.everyone();
  const [about, me, history] = await Promise.all([
    checked(as, routes.contest, answers[routes.contest])({ contest }),
    session.mine((own) => checked(own, routes.me, answers[routes.me])({ contest })),
    checked(
      as,
      routes.history,
      answers[routes.history],
    )({ contest }).then(
      ({ items }) => items,
      () => [],
    ),
  ]);
  const over = phaseOf(about) === 'over';
  const mine = <T>(read: (own: Connection) => Promise<T>) => session.mine(read).catch(absent);
  const stockOf = () => checked(as, routes.plays, answers[routes.plays])({ contest, limit: 1 });
  const [own, stock, draw, results] = await Promise.all([
    needsLink(about) ? mine((own) => checked(own, routes.own, answers[routes.own])({ program: about.program })) : null,
    me?.stockLeft ?? (about.kind === 'instant_win' ? stockOf().then(({ stockLeft }) => stockLeft, absent) : null),
    over ? checked(as, routes.draw, answers[routes.draw])({ contest }).catch(absent) : null,
    over ? checked(as, routes.results, answers[routes.results])({ contest }).catch(absent) : null,
  ]);
  // Whoever has no entry, or asks too early, would be refused.
  if (draw?.freeze && me && me.entries > 0 && me.missing.length === 0 && !me.disqualified) {
    void mine((own) => checked(own, routes.receipt, answers[routes.receipt])({ contest })).then(
      (receipt) => receipt && keepReceipt(receipt),
    );
  }
  return {
    contest: about,
    me: me ?? null,
    history,
    link: own?.referralLink ?? null,
    stock,
    draw,
    results,
    at: Date.now(),
  };
}
