import type { EnrolKey } from '../enrolling/words.ts';

/** What the catalogue says in English. */
export const words = {
  title: 'Courses',
  search: 'Search courses',
  topics: 'Topics',
  all: 'All',
  found: { one: '{n} course', other: '{n} courses' },
  foundMore: { one: '{n} course so far', other: '{n} courses so far' },
  none: 'There are no courses here yet.',
  notFound: 'Nothing fits “{words}”.',
  notFoundTag: 'Nothing fits.',
  notFoundHint: 'Try fewer or other words.',
  showAll: 'Show all courses',
  more: 'Show more',
  failed: 'That did not load. Nothing was lost.',
  again: 'Try again',
  offline: 'No connection. These are the courses as of {time}.',
  open: 'Open',
  goOn: 'Continue',
  percentDone: '{percent} done',
  enrolled: 'Enrolled',
  completed: 'Finished',
};

/** The keys of it. */
export type CatalogueOwnKey = keyof typeof words;

/** The keys of all it says. */
export type CatalogueKey = CatalogueOwnKey | EnrolKey;
