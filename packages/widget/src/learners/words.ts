import type { en } from './words-en.ts';

/** The keys of the words about learners. */
export type LearnersKey = keyof typeof en;
