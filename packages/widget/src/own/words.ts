/** Names of the tools for the link, in English. */
export const words = {
  tools: 'More for your link',
  qr: 'QR code',
  code: 'Your code',
  channels: 'Channels',
  smallPrint: 'How it counts, who sees your name, how to leave',
};
