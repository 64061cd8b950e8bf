import type { LimitClass } from '@laurelkit/sdk/contract';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { LaurelProblem } from '../problem.ts';
import { within } from '../within.ts';
import type { AnswerHeaders } from './answer.ts';
import type { Caller } from './caller.ts';

/** Requests a minute from one address, for each class. Secret keys are the host's own backend and are not limited. */
export const defaultLimits = {
  read: 1200,
  write: 240,
  track: 240,
  token: 240,
  webhook: 6000,
  refused: 60,
  message: 20,
};

export type LimitName = keyof typeof defaultLimits;

const windowSeconds = 60;
/** How long a shared limit may take to answer, and how long the node counts alone when it took longer. */
const patienceMilliseconds = 250;
const aloneMilliseconds = 2_000;

interface Counter {
  consume(key: string): Promise<RateLimiterRes>;
}

/** A Redis that answers nothing must hold up no request: its count is then the node's own. */
function patient(shared: Counter, alone: Counter): Counter {
  let aloneUntil = 0;
  return {
    consume: async (key) => {
      if (Date.now() < aloneUntil) return alone.consume(key);
      const result = await within(patienceMilliseconds, shared.consume(key));
      if (result) return result;
      aloneUntil = Date.now() + aloneMilliseconds;
      return alone.consume(key);
    },
  };
}

/** Counts requests. */
export interface Limits {
  /**
   * Counts a request, and writes the headers of the IETF `RateLimit` draft. Nothing to wait for where nothing is counted.
   * @throws LaurelProblem too_many_requests
   */
  take(name: LimitClass, caller: Caller, address: string, headers: AnswerHeaders): Promise<void> | null;
  /**
   * Counts a refused credential, so that keys cannot be guessed at speed.
   * @throws LaurelProblem too_many_requests
   */
  refuse(address: string): Promise<void>;
  /**
   * Counts a referral code given by or for a participant, by the class `token`, so that codes cannot be guessed at speed: by
   * participant, and by address unless it is that of the host's own backend.
   * @throws LaurelProblem too_many_requests
   */
  guess(participantId: string, caller: Caller, address: string): Promise<void>;
  /**
   * Counts a message that somebody at an address has us send.
   * @throws LaurelProblem too_many_requests
   */
  message(address: string): Promise<void>;
}

const unlimited: Limits = {
  take: async () => {},
  refuse: async () => {},
  guess: async () => {},
  message: async () => {},
};

/** Makes the limits of a node, or of all nodes when they share a Redis; without it for a while they count alone. */
export function createLimits(rules: Partial<Record<LimitName, number>> | false | undefined, redis?: unknown): Limits {
  if (rules === false) return unlimited;
  const quotas = { ...defaultLimits, ...rules };
  const limiters = new Map<string, Counter>();
  for (const [name, points] of Object.entries(quotas)) {
    const memory = new RateLimiterMemory({ points, duration: windowSeconds, keyPrefix: name });
    limiters.set(
      name,
      redis
        ? patient(
            new RateLimiterRedis({
              storeClient: redis,
              useRedisPackage: true,
              // Its client would otherwise hold requests back until Redis returns.
              rejectIfRedisNotReady: true,
              points,
              duration: windowSeconds,
              keyPrefix: `laurel:limit:${name}`,
              insuranceLimiter: memory,
            }),
            memory,
          )
        : memory,
    );
  }

  const consume = async (name: LimitName, key: string): Promise<RateLimiterRes> => {
    try {
      return (await limiters.get(name)?.consume(key)) as RateLimiterRes;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      const seconds = Math.ceil(((refusal as RateLimiterRes).msBeforeNext ?? 1000) / 1000);
      throw new LaurelProblem('too_many_requests', `At most ${quotas[name]} a minute. Try again in ${seconds} s.`, {
        retryAfter: seconds,
      });
    }
  };

  const count = async (name: LimitName, address: string, headers: AnswerHeaders) => {
    const result = await consume(name, address);
    headers['ratelimit-policy'] = `"${name}";q=${quotas[name]};w=${windowSeconds}`;
    headers.ratelimit = `"${name}";r=${result.remainingPoints};t=${Math.ceil(result.msBeforeNext / 1000)}`;
  };

  return {
    take: (name, caller, address, headers) =>
      name === 'none' || caller.kind === 'secret' ? null : count(name, address, headers),
    refuse: async (address) => {
      await consume('refused', address);
    },
    guess: async (participantId, caller, address) => {
      await consume('token', `code:${participantId}`);
      if (caller.kind !== 'secret') await consume('token', `code:${address}`);
    },
    message: async (address) => {
      await consume('message', address);
    },
  };
}
