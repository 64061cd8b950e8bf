// Written by scripts/guards.ts from the contract.
import { instant, shape, text } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'POST /programs/{program}/confirm': shape([text, 'participant token referralCode'], [instant, 'expiresAt']),
};
