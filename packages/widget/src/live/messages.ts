// Written by scripts/guards.ts from the contract.
import { instant, listOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether a live message is what the contract says, by its name. */
export const messages = {
  leaderboard: shape(
    [text, 'topic contest'],
    [whole, 'previousSeq seq participants'],
    [
      listOf(
        shape([text, 'id name'], [orNull(text), 'avatarUrl'], [whole, 'rank denseRank ordinal score tiedWith seq']),
      ),
      'top',
    ],
    [listOf(text), 'changed'],
  ),
  me: shape([text, 'topic program']),
  progress: shape([text, 'topic course'], [whole, 'seq percent'], [orNull(instant), 'completedAt']),
  cohort: shape([text, 'topic course'], [whole, 'learners completed']),
};
