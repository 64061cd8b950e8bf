import { type DrandChain, quicknet } from '@laurelkit/sdk/draws';
import { createSafeFetch } from './http/safe-fetch.ts';
import { LaurelConfigurationError } from './problem.ts';

/** Where the public randomness of draws comes from. */
export interface DrawOptions {
  /** Addresses of relays of the drand beacon, asked one after the other. Default: four of the League of Entropy's. */
  relays?: string[];
  /** The beacon's chain, as commitments name it. Default: `quicknet`. */
  chain?: DrandChain;
  /** Origins of relays that are asked although they are not public https, such as `http://127.0.0.1:4000`; for development. */
  allow?: string[];
}

/** The same with what holds where nothing is said. */
export type BeaconSettings = Required<DrawOptions>;

const defaultRelays = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
];

const isHex = (text: unknown, digits: number) =>
  typeof text === 'string' && new RegExp(`^[0-9a-f]{${digits}}$`).test(text);

const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least;

/**
 * Fills in defaults and refuses what cannot work.
 * @throws LaurelConfigurationError
 */
export function settleDraws(options: DrawOptions = {}): BeaconSettings {
  const { relays = defaultRelays, chain = quicknet, allow = [] } = options;
  const badOrigin = allow.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (badOrigin !== undefined) {
    throw new LaurelConfigurationError(
      `"draws.allow" takes origins such as http://127.0.0.1:4000, not "${badOrigin}".`,
    );
  }
  if (relays.length === 0) {
    throw new LaurelConfigurationError('"draws.relays" needs at least one relay, or leave it out for the public ones.');
  }
  const guard = createSafeFetch({ allow });
  for (const relay of relays) {
    try {
      guard.assert(relay);
    } catch (cause) {
      throw new LaurelConfigurationError(
        `"draws.relays" takes public https addresses and origins of "draws.allow", not "${relay}": ${(cause as Error).message}`,
        { cause },
      );
    }
  }
  void guard.close();
  const isChain =
    isHex(chain.hash, 64) && isHex(chain.publicKey, 192) && isWhole(chain.period, 1) && isWhole(chain.genesis, 0);
  if (!isChain || chain.scheme !== 'bls-unchained-g1-rfc9380') {
    throw new LaurelConfigurationError(
      '"draws.chain" must have hash (64 hexadecimal digits), publicKey (192), period, genesis, and scheme bls-unchained-g1-rfc9380.',
    );
  }
  return { relays: relays.map((relay) => relay.replace(/\/+$/, '')), chain, allow };
}
