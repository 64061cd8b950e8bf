import type { Kit } from '../kit.ts';
import type { Program, Referral } from '../stores/referral.ts';

/** What came of leaving or coming back. */
export interface Going {
  /** `sure`: asked whether they mean it. */
  step: 'calm' | 'sure' | 'busy';
  problem: string;
  /** Whether the visitor has left; `undefined` until it is known. */
  left?: boolean | undefined;
  /** They left just now in this card: focus goes to what stands there then. */
  focus?: ShadowRoot | undefined;
}

const calm: Going = { step: 'calm', problem: '' };
const kept = new WeakMap<Referral, Going>();
const asked = new WeakMap<Referral, unknown>();

/** How leaving stands in a card. */
export const goingOf = (card: Referral): Going => kept.get(card) ?? calm;

/** Changes it, and draws the card again. */
export function setGoing(card: Referral, changes: Partial<Going>): void {
  kept.set(card, { ...goingOf(card), ...changes });
  card.set({});
}

/** Looks, once for each reading of the card, whether a signed-in visitor without a link of their own is one who left. */
export function lookWhetherLeft({ call, session }: Kit, card: Referral, { slug }: Program): void {
  const { view } = card.state.peek();
  if (asked.get(card) === view) return;
  asked.set(card, view);
  const know = (code?: string) => setGoing(card, { left: code === 'participation_left' });
  const own = session.own.peek();
  if (!own) return;
  call(
    own,
    'GET /programs/{program}/me',
  )({ program: slug }).then(
    () => know(),
    ({ code }: { code?: string }) => know(code),
  );
}
