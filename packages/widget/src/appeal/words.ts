import { formWords } from '../parts/form-words.ts';

/** What is said of referrals that are checked, in English. */
export const words = {
  ...formWords,
  checks: 'Referrals being checked',
  beingChecked: {
    one: '{n} referral is being checked. Its rewards wait until that is done; you need not do anything.',
    other: '{n} referrals are being checked. Their rewards wait until that is done; you need not do anything.',
  },
  notCounted: { one: '{n} referral was not counted', other: '{n} referrals were not counted' },
  someone: 'A referral',
  whyList: 'It matched a list of what this programme does not count.',
  whyPerson: 'It looked as if you had invited yourself or somebody you share an account with.',
  whyEmail: 'The e-mail address could not be relied on.',
  whyTiming: 'It went faster than people usually are.',
  whyValue: 'The purchase looked unusual.',
  whyVelocity: 'Many referrals came within a short time.',
  whyTraffic: 'The visit did not look like that of a person.',
  whyGraph: 'The people in it seem to refer each other.',
  appeal: 'Ask for another look',
  appealLabel: 'What should we know about it?',
  appealEmpty: 'Please write a sentence or two.',
  appealSend: 'Send',
  appealSent: 'Sent. Somebody will look at it again.',
  appealed: 'You asked for another look. Somebody will decide; it shows here.',
  cancel: 'Cancel',
};
