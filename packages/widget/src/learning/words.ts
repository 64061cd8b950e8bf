/** What the faces of a course have in common, in English. */
export const learningWords = {
  contents: 'Contents',
  percentDone: '{percent} done',
  lessonsDone: { one: '{done} of {n} lesson done', other: '{done} of {n} lessons done' },
  state_done: 'Done',
  state_started: 'Begun',
  state_open: 'Open',
  state_locked: 'Locked',
  optional: 'Optional',
  chooseOf: { one: '{n} of these is enough', other: '{n} of these are enough' },
  opensAfter: 'Opens after “{title}”',
  opensScore: 'Opens with {n} of 100 in “{title}”',
  opensOn: 'Opens {date}',
  lock_cohort: 'For another group',
  lock_date: 'Not open yet',
  lock_not: 'Not open to you',
  kind_page: 'Reading',
  kind_video: 'Video',
  kind_embed: 'Try it out',
  kind_quiz: 'Quiz',
  kind_assignment: 'Assignment',
  kind_live: 'Live session',
  kind_external: 'On another site',
  kind_download: 'Download',
  offline: 'No connection. This is how it stood at {time}.',
  empty: 'There are no lessons here yet.',
};

/** The keys of it. */
export type LearningKey = keyof typeof learningWords;
