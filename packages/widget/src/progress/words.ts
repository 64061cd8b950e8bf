import type { EnrolKey } from '../enrolling/words.ts';
import type { LearningKey } from '../learning/words.ts';

/** What the progress element says in English. */
export const words = {
  next: 'Next',
  begin: 'Begin',
  goOn: 'Continue',
  nothingNext: 'Nothing is open right now. What comes next is in the contents.',
  doneOn: 'Finished on {date}',
  congrats: 'You have finished {course}',
  congratsText: 'Every lesson that counts is done. It stays done, and you can come back to any of it.',
  streak: 'Days in a row',
  streakDays: { one: '{n} day in a row', other: '{n} days in a row' },
  streakNone: 'No streak yet. One lesson begins it.',
  streakToday: 'Today counts already.',
  streakStill: 'Learn something today to keep it.',
  longest: { one: 'Longest: {n} day', other: 'Longest: {n} days' },
  freezes: {
    one: '{n} freeze left; it saves a day without learning.',
    other: '{n} freezes left; each saves a day without learning.',
  },
  fiveWeeks: 'The last five weeks',
  learntDays: { one: 'Learnt on {n} day', other: 'Learnt on {n} days' },
  frozenDays: { one: '{n} day saved by a freeze', other: '{n} days saved by a freeze' },
  day_learnt: '{day}: learnt',
  day_frozen: '{day}: saved by a freeze',
  day_skipped: '{day}: skipped at the date line',
  day_none: '{day}: nothing',
  board: 'How the others are doing',
  boardPeople: { one: '{n} person learns here', other: '{n} people learn here' },
  boardFailed: 'That did not load. Nothing was lost.',
  boardAgain: 'Try again',
  place: 'Place',
  name: 'Name',
  far: 'How far',
  you: 'You',
};

/** The keys of it. */
export type ProgressOwnKey = keyof typeof words;

/** The keys of all it says. */
export type ProgressKey = ProgressOwnKey | LearningKey | EnrolKey;
