import type { Kit } from '../kit.ts';
import { later } from '../later.ts';
import type { Referral } from '../stores/referral.ts';
import { answers } from './answers.ts';
import type { OwnState, OwnStore, Wallet } from './state.ts';

const nothing: OwnState = { wallet: null, reviews: [], tool: null, print: false, more: 'idle', copied: '' };
/** How many rewards are shown at first, and how many more at a time. */
const step = 5;
const walletRoute = 'GET /programs/{program}/wallet';
const reviewsRoute = 'GET /programs/{program}/reviews';

/** What a participant earned and what is being checked, kept current by live messages. */
export function createOwnStore(
  { session, checked, createReader, whenLive }: Kit,
  card: Referral,
  program: string,
  onError: (code: string) => void,
): OwnStore {
  let state = nothing;
  const set = (changes: Partial<OwnState>) => {
    state = { ...state, ...changes };
    // The card is drawn anew, and all of this in it.
    card.set({});
  };
  const readWallet = (limit: number, cursor?: string) =>
    session.mine((as) => checked(as, walletRoute, answers[walletRoute])({ program, limit, ...(cursor && { cursor }) }));
  const readReviews = () =>
    session.mine((as) => checked(as, reviewsRoute, answers[reviewsRoute])({ program, limit: 100 }));

  /** Reads one thing now and again; what fails takes nothing else along. */
  function follow<T>(get: () => Promise<T | null | undefined>, take: (answer: T | null) => void) {
    const read = async () => {
      const answer = await reader.run(get);
      // `undefined`: no answer, or the token has run out; what was read stays.
      if (answer !== undefined) take(answer);
    };
    const reader = createReader({ read, forget: () => set(nothing), fail: onError });
    return { read, stop: reader.stop };
  }
  const wallet = follow(
    () => readWallet(Math.min(100, Math.max(step, state.wallet?.rewards.length ?? 0))),
    (answer) => set({ wallet: answer, more: 'idle' }),
  );
  const reviews = follow(readReviews, (answer) => set({ reviews: answer?.items ?? [] }));
  const read = () => {
    void wallet.read();
    void reviews.read();
  };

  async function showMore(): Promise<void> {
    const before = state.wallet as Wallet;
    set({ more: 'busy' });
    try {
      const next = await readWallet(step, before.nextCursor ?? '');
      // Everything was read anew meanwhile.
      if (!next || state.wallet !== before) return set({ more: 'idle' });
      const newer = new Set(next.rewards.map(({ id }) => id));
      const rewards = [...before.rewards.filter(({ id }) => !newer.has(id)), ...next.rewards];
      set({ wallet: { ...next, rewards }, more: 'idle' });
    } catch {
      set({ more: 'failed' });
    }
  }

  const soon = later(read, 200, 600);
  const again = { message: () => soon.call(), resumed: () => soon.call() };
  const silence = whenLive((live) => live.listen(`program:${program}`, again));
  return {
    get state() {
      return state;
    },
    set,
    read,
    showMore,
    stop() {
      wallet.stop();
      reviews.stop();
      soon.cancel();
      silence();
    },
  };
}
