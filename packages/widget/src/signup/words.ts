import { formWords } from '../parts/form-words.ts';

/** Joining an open programme, in English. */
export const words = {
  ...formWords,
  emailLabel: 'E-mail address',
  displayName: 'Your name',
  optional: '(optional)',
  terms: 'Terms',
  joinNow: 'Get my link',
  joinHint:
    'We send you a message to confirm that the address is yours. If you have joined before, it brings you back in.',
  emailWrong: 'That does not look like an e-mail address, such as name@example.com.',
  consentNeeded: 'Please tick this to take part.',
  consentChanged: 'The text has changed meanwhile. Please read it again and tick it.',
  mailDown: 'No message can be sent right now. Nothing was lost; please try again in a while.',
  closed: 'This programme takes nobody in at the moment.',
  sentTitle: 'Check your inbox',
  sentText: 'We sent a message to {email}. Open the link in it and your own referral link is here.',
  sentHint:
    'Nothing there after a few minutes? Look among unwanted mail, check the address, or ask again after ten minutes.',
  otherAddress: 'Use another address',
  confirming: 'Confirming your address…',
  confirmUsed: 'That link was used already or is too old. Type your address and we send a new one.',
  confirmLater: 'Your address could not be confirmed because there was no connection. Nothing was lost.',
  tryAgain: 'Try again',
  welcome: 'Welcome. This link is yours: whoever joins through it counts for you.',
};
