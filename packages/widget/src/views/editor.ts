import { late } from './late.ts';

/** `<laurel-contest-editor>`: where staff make contests and run them. */
export const editor = late('editor', ['program', 'contest'], [], 'contest-editor');
