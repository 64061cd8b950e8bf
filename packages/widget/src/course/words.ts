import type { EnrolKey } from '../enrolling/words.ts';
import type { LearningKey } from '../learning/words.ts';

/** What the course element says in English. */
export const words = {
  lesson: 'Lesson: {title}',
  previous: 'Previous',
  next: 'Next',
  table: 'Table',
  code: 'Code',
  newTab: 'opens beside this page',
  todo: 'What is left to do',
  todo_viewed: 'Open it',
  todo_time: 'Spend {need} with it: {have} so far',
  todo_watched: 'Watch {need} of the video: {have} so far',
  todo_chapters: { one: 'Watch {n} chapter: {have} so far', other: 'Watch {n} chapters: {have} so far' },
  todo_gaps: 'Watch the stretches you left out',
  todo_score: 'Reach {need} of 100: {have} is your best so far',
  todo_submitted: 'Hand in your work',
  todo_manual: 'Mark it as done when you are',
  todo_staff: 'Your instructor marks it as done',
  todo_event: 'It counts by itself as soon as it has happened',
  markDone: 'Mark as done',
  busy: 'One moment…',
  doneOn: 'Done on {date}',
  doneSaid: '“{title}” is done. {percent} of the course.',
  finished: 'You have finished this course.',
  finishedOn: 'You finished this course on {date}.',
  kept: 'Kept on this device. It counts as soon as there is a connection.',
  notAllowed: 'There is more to do before it counts as done.',
  lockedNow: 'This lesson is not open yet',
  gone: 'This lesson is no longer part of the course.',
  failed: 'That did not load. Nothing was lost.',
  again: 'Try again',
  when: 'From {from} to {to}',
  whenFrom: 'On {from}',
  whenZone: 'Times in your own zone, {zone}.',
  liveOver: 'This session is over.',
  join: 'Join the session',
  openSite: 'Open {site}',
  download: 'Download from {site}',
  badAddress: 'The address of this lesson cannot be opened. Please tell the organiser.',
  noPlayer: 'The video cannot be shown here. Please reload the page.',
  ticked: 'done',
  unticked: 'not done',
  elsewhere: 'You take it where your course has put it; what counts is shown here.',
};

/** The keys of it. */
export type CourseOwnKey = keyof typeof words;

/** The keys of all it says. */
export type CourseKey = CourseOwnKey | LearningKey | EnrolKey;
