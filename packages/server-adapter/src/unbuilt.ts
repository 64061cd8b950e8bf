import type { Contract } from '@laurelkit/sdk/contract';
import type { Handlers } from './handlers.ts';

/** Stands where a module is being built. */
export const unbuilt = <Resource extends keyof Contract>(): Handlers<Resource> =>
  new Proxy({}, { get: () => async () => Promise.reject(new Error('not built yet')) }) as Handlers<Resource>;
