import type { Contract } from '@laurelkit/sdk/contract';
import type { Handlers } from './handlers.ts';
import { LaurelProblem } from './problem.ts';

/** Handlers of a resource that is being built. */
export const unbuilt = <Resource extends keyof Contract>() =>
  new Proxy(
    {},
    {
      get: () => async () => {
        throw new LaurelProblem('unavailable', 'Not built yet.');
      },
    },
  ) as Handlers<Resource>;
