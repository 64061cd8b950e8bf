export { channels } from './channels.ts';
export { code } from './code.ts';
export { print } from './print.ts';
export { returning } from './returning.ts';
export { style } from './style.ts';
export { words as english } from './words.ts';
