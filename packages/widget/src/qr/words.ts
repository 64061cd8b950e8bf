/** The QR code, in English. */
export const words = {
  qrLabel: 'QR code of your referral link',
  qrHint: 'For a poster, a table or the back of a card. Its clicks count as “QR code”.',
  qrScan: 'Scan, or open',
  qrSvg: 'Save as SVG',
  qrPng: 'Save as PNG',
  qrPrint: 'Print a card',
  qrBlocked: 'The browser did not let a page open for printing. Allow it, or save the code instead.',
};
