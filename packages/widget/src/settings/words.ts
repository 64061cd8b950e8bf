import { formWords } from '../parts/form-words.ts';

/** Choosing a code and a name, and where clicks came from, in English. */
export const words = {
  ...formWords,
  save: 'Save',
  codeLabel: 'The code in your link',
  codeHint: '3 to 40 letters, digits, dashes or underscores. Links you have sent keep working.',
  codeRule: 'A code has 3 to 40 letters, digits, dashes or underscores.',
  codeTaken: 'Somebody else has that code. Try another one.',
  codeReserved: 'That word is not to be had. Try another one.',
  codeEnough: 'You have as many codes as there can be. Your current one stays.',
  codeChosen: 'Saved. Your link shows the new code; older links keep working.',
  nameLabel: 'The name invited people see',
  nameHint: 'Leave it empty and they see no name.',
  nameRule: 'A name has at most 80 characters.',
  nameShown: 'Saved. Invited people see “{name}”.',
  nameHidden: 'Saved. Invited people see no name.',
  channelsTitle: 'Where your clicks came from',
  channelsEmpty: 'Nobody has opened your link yet.',
  channelNone: 'Link itself',
  channel: 'From',
  channelClicks: 'Clicks',
  channelJoined: 'Joined',
  channelConversions: 'Bought',
};
