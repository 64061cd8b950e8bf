import { customAlphabet } from 'nanoid';

/** No vowels (no words), no look-alikes. */
const signs = '23456789BCDFGHJKMNPQRSTVWXYZ';
const length = 10;

/** A fresh invite code from the platform's CSPRNG: 28 signs, so 10 of them carry 48 bits. */
export const newInviteCode = customAlphabet(signs, length);

/** An invite code as somebody typed it: case, spaces and dashes do not matter. */
export const readInviteCode = (given: string): string =>
  given
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '');
