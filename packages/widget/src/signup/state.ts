import type { Kit } from '../kit.ts';
import type { Referral } from '../stores/referral.ts';

/** Where somebody is on their way in. */
export interface SignupState {
  step: 'form' | 'sending' | 'sent' | 'confirming' | 'again' | 'in';
  /** To whom the message went. */
  email: string;
  /** What the card knew when the visitor was let in: while it knows nothing newer, their own card is on its way. */
  seen?: unknown;
  /** What is wrong, by the field it is about; `''` is about none. */
  problem: { field: '' | 'email' | 'name' | 'consent'; text: string } | null;
}

const states = new WeakMap<Referral, SignupState>();

/** The state of a card's form; `undefined` before it was first drawn. */
export const stateOf = (card: Referral): SignupState | undefined => states.get(card);

/** Changes it, and draws the card again. */
export function setState(card: Referral, changes: Partial<SignupState>): void {
  const before = states.get(card) ?? { step: 'form', email: '', problem: null };
  states.set(card, { ...before, ...changes });
  card.set({});
}

/** Where the parts of a form say what is wrong. */
export const problemAt = ({ h }: Kit, { problem }: SignupState, field: 'email' | 'name' | 'consent' | '') =>
  h(
    'p',
    { id: `${field || 'form'}-problem`, class: 'small wrong', part: 'error' },
    problem?.field === field ? problem.text : '',
  );
