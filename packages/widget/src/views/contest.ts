import { late } from './late.ts';

/** `<laurel-contest>`: what there is to win, how, and after the end who won and why. */
export const contest = late('contest', ['contest'], ['join-url']);
