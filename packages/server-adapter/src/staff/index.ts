import type { TokenIssuer } from '../access/tokens.ts';
import type { Handlers } from '../handlers.ts';

/** The host's staff in the browser: tokens that say who somebody is. */
export const staff = (tokens: TokenIssuer): Handlers<'staff'> => ({
  createToken: async ({ name, expiresIn }) => tokens.issue(name, expiresIn),
});
