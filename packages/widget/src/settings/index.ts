export { channels } from './channels.ts';
export { code } from './code.ts';
export { style } from './style.ts';
export { words as english } from './words.ts';
