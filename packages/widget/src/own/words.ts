import { copyWords } from '../parts/copy-words.ts';

/** Names of the tools for the link, and what is said where it cannot be copied, in English. */
export const words = {
  tools: 'More for your link',
  qr: 'QR code',
  code: 'Your code',
  channels: 'Channels',
  smallPrint: 'How it counts, who sees your name, how to leave',
  ...copyWords,
};
