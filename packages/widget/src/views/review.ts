import { late } from './late.ts';

/** `<laurel-review>`: what waits for staff to decide. */
export const review = late('review', ['program']);
