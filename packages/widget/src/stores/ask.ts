import { type Connection, LaurelError, routeCall } from '@laurelkit/sdk/client';
import { answers } from '../guards/answers.ts';
import type { Guard } from '../guards/shapes.ts';

type Routes = Parameters<typeof routeCall>[1];
type Asked = keyof typeof answers;

/**
 * One call by its route, whose answer the guard knows. Rejects as `routeCall` does, and with `unexpected_response` for
 * any other answer: whoever sends that is no better than an API which is down.
 */
export function checked<Route extends Routes>(
  as: Connection,
  route: Route,
  guard: Guard,
): ReturnType<typeof routeCall<Route>> {
  const call = routeCall<Routes>(as, route) as (...given: unknown[]) => Promise<unknown>;
  const guarded = async (...given: unknown[]) => {
    const answer = await call(...given);
    if (guard(answer)) return answer;
    throw new LaurelError('unexpected_response', 200, route);
  };
  return guarded as ReturnType<typeof routeCall<Route>>;
}

/** As {@link checked}, for the routes whose guards the script has. */
export const ask = <Route extends Asked>(as: Connection, route: Route): ReturnType<typeof routeCall<Route>> =>
  checked(as, route, answers[route]);
