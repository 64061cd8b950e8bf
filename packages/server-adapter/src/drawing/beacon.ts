import { type DrandChain, verifyDrandRound } from '@laurelkit/sdk/draws';
import type { Logger } from 'pino';
import type { BeaconSettings } from '../draw-options.ts';
import { createSafeFetch } from '../http/safe-fetch.ts';
import { within } from '../within.ts';

/** A round of the beacon whose signature has been checked. */
export interface BeaconRound {
  signature: string;
  /** 64 hexadecimal digits. */
  randomness: string;
}

/** Asks the relays for rounds of the beacon. */
export interface Beacon {
  /**
   * The round, once a relay has given a signature that is right; `null` until then. It is asked for again with longer and
   * longer pauses, and a slow relay is not waited for: ask again.
   */
  roundOf(chain: DrandChain, round: number): Promise<BeaconRound | null>;
  /** Closes its connections. */
  close(): Promise<void>;
}

/** What the beacon needs of the house. */
export interface BeaconServices {
  settings: BeaconSettings;
  logger: Logger;
  /** Counts what asking a relay came to. */
  count(outcome: 'right' | 'wrong' | 'failed'): void;
}

/** What a relay answers. Its `randomness` is not looked at: it follows from the signature. */
interface RelayAnswer {
  round?: unknown;
  signature?: unknown;
}

interface Asking {
  answer: Promise<BeaconRound | null>;
  failures: number;
  /** Milliseconds of this process's own clock. */
  nextAt: number;
}

const relayMilliseconds = 5_000;
const waitMilliseconds = 2_000;
const longestPauseMilliseconds = 60_000;
const headers = { accept: 'application/json', 'user-agent': 'Laurel' };

/** Makes the beacon of a node. */
export function createBeacon({ settings, logger, count }: BeaconServices): Beacon {
  const fetch = createSafeFetch({ allow: settings.allow, timeout: relayMilliseconds });
  const asked = new Map<string, Asking>();

  const askRelay = async (relay: string, chain: DrandChain, round: number): Promise<BeaconRound | null> => {
    try {
      const { status, body } = await fetch.get(`${relay}/${chain.hash}/public/${round}`, headers);
      if (status !== 200) throw new Error(`The relay answered ${status}.`);
      const answer = JSON.parse(body.toString()) as RelayAnswer | null;
      const signature = String(answer?.signature);
      const checked = verifyDrandRound({ chain, round, signature });
      if (answer?.round === round && checked.valid) {
        count('right');
        return { signature: signature.toLowerCase(), randomness: checked.randomness };
      }
      count('wrong');
      logger.error({ relay, round }, 'a relay of the beacon gave a signature that is not right');
    } catch (error) {
      count('failed');
      logger.warn({ relay, round, error: String(error) }, 'a relay of the beacon could not be asked');
    }
    return null;
  };

  const askAll = async (chain: DrandChain, round: number) => {
    for (const relay of settings.relays) {
      const answer = await askRelay(relay, chain, round);
      if (answer) return answer;
    }
    return null;
  };

  const begin = (key: string, chain: DrandChain, round: number, failures: number): Asking => {
    const asking: Asking = { answer: askAll(chain, round), failures, nextAt: Number.POSITIVE_INFINITY };
    asked.set(key, asking);
    void asking.answer.then((answer) => {
      // What is right stays until somebody has come for it.
      if (!answer) asking.nextAt = performance.now() + Math.min(1_000 * 2 ** failures, longestPauseMilliseconds);
    });
    return asking;
  };

  return {
    roundOf: async (chain, round) => {
      const key = `${chain.hash}/${round}`;
      const before = asked.get(key);
      const hasFailed = before !== undefined && before.nextAt !== Number.POSITIVE_INFINITY;
      if (hasFailed && performance.now() < before.nextAt) return null;
      const asking = before && !hasFailed ? before : begin(key, chain, round, before ? before.failures + 1 : 0);
      const answer = (await within(waitMilliseconds, asking.answer)) ?? null;
      if (answer) asked.delete(key);
      return answer;
    },
    close: fetch.close,
  };
}
