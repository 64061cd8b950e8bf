import type { Api } from '@laurelkit/sdk/client';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import { answers } from './answers.ts';

/** A team as its members see it. */
export type Team = NonNullable<Awaited<ReturnType<Api['teams']['mine']>>['team']>;

const route = 'GET /contests/{contest}/teams/mine';
const kept = new WeakMap<ContestStore, { view: View | null; team: Team | null | undefined }>();

/** The visitor's team: `null` for none, `undefined` until it is known. Read anew whenever the contest was. */
export function teamOf({ session, checked }: Kit, store: ContestStore): Team | null | undefined {
  const { view } = store.state.peek();
  const found = kept.get(store);
  if (!view || found?.view === view) return found?.team;
  const now = { view, team: view.me ? found?.team : undefined };
  kept.set(store, now);
  const done = (team: Team | null | undefined) => {
    if (kept.get(store) !== now) return;
    now.team = team;
    store.set({});
  };
  session
    .mine((as) => checked(as, route, answers[route])({ contest: view.contest.id }))
    .then(
      (answer) => done(answer ? answer.team : now.team),
      () => done(now.team),
    );
  return now.team;
}

/** Takes a team that an answer has just told. */
export function keepTeam(store: ContestStore, team: Team | null): void {
  kept.set(store, { view: store.state.peek().view, team });
  store.set({});
}
