import { type Connection, LaurelError, routeCall } from '@laurelkit/sdk/client';
import { answers } from '../guards/answers.ts';

type Asked = keyof typeof answers;

/**
 * One call by its route, whose answer is what the contract says. Rejects as `routeCall` does, and with
 * `unexpected_response` for any other answer: whoever sends that is no better than an API which is down.
 */
export function ask<Route extends Asked>(as: Connection, route: Route): ReturnType<typeof routeCall<Route>> {
  const call = routeCall<Asked>(as, route) as (input: unknown) => Promise<unknown>;
  const checked = async (input: unknown) => {
    const answer = await call(input);
    if (answers[route](answer)) return answer;
    throw new LaurelError('unexpected_response', 200, route);
  };
  return checked as ReturnType<typeof routeCall<Route>>;
}
