// Written by scripts/guards.ts from the contract.
import { listOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /programs/{program}/invitation': shape([text, 'program programName'], [orNull(text), 'invitedBy offer']),
  'GET /programs/{program}/channels': shape([
    listOf(shape([orNull(text), 'channel'], [whole, 'clicks referrals conversions'])),
    'channels',
  ]),
};
