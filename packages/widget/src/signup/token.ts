import { quietly } from '../quietly.ts';

const parameter = 'laurel_confirm';

/** The token of a confirmation in the address of the page; `null` when there is none. */
export const tokenHere = (): string | null =>
  quietly(() => new URL(location.href).searchParams.get(parameter)?.slice(0, 200)) || null;

/** An address without the token. */
export function withoutToken(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(parameter);
  return url.href;
}

/** Takes the token out of the address, so that a reload or a shared address does not carry it on. */
export const forgetToken = (): void =>
  quietly(() => history.replaceState(history.state, '', withoutToken(location.href)));
