import { board } from '../styles/board.ts';
import { card } from '../styles/card.ts';
import { parts } from '../styles/parts.ts';

/** The style of what is drawn here. */
export const style: string = parts + card + board;

export { en } from '../i18n/en.ts';
export { speak } from '../i18n/index.ts';
export { Board } from './board.tsx';
export { Invite } from './invite.tsx';
export { Join } from './join.tsx';
