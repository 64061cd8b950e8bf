import type { words as appeal } from '../appeal/words.ts';
import type { words as boards } from '../boards/words.ts';
import type { words as calm } from '../calm/words.ts';
import type { words as contest } from '../contest/words.ts';
import type { words as invitation } from '../invitation/words.ts';
import type { words as join } from '../join/words.ts';
import type { words as live } from '../live/words.ts';
import type { words as motion } from '../motion/words.ts';
import type { words as own } from '../own/words.ts';
import type { words as qr } from '../qr/words.ts';
import type { words as proof } from '../results/proof-words.ts';
import type { words as results } from '../results/words.ts';
import type { words as rules } from '../rules/words.ts';
import type { words as settings } from '../settings/words.ts';
import type { words as share } from '../share/words.ts';
import type { words as signup } from '../signup/words.ts';
import type { words as steps } from '../steps/words.ts';
import type { words as tabs } from '../tabs/words.ts';
import type { words as team } from '../team/words.ts';

import type { words as wallet } from '../wallet/words.ts';
import type { Message } from './speak.ts';

export type { Message } from './speak.ts';

/** What the widget says at first in English; what is read later brings its own words. */
export const en = {
  headline: 'Invite friends to {name}',
  linkLabel: 'Your referral link',
  linkHint: 'Whoever joins through it counts for you.',
  copy: 'Copy link',
  copied: 'Copied',
  copiedSaid: 'Link copied',
  share: 'Share',
  clicks: { one: 'click', other: 'clicks' },
  joined: { one: 'friend joined', other: 'friends joined' },
  qualified: { one: 'qualified', other: 'qualified' },
  points: { one: '{n} point', other: '{n} points' },
  firstStep: 'Nobody has opened your link yet. Send it to one person who would like it.',
  onlyYou: 'Only you see these numbers.',
  archived: 'This programme has ended. Your link still opens, but nothing new is counted.',

  rank: 'Rank',
  change: 'Change since your last visit',
  name: 'Name',
  score: 'Points',
  you: 'You',
  board: 'Leaderboard',
  live: 'Live',
  final: 'Final results',
  ended: 'Ended',
  left: '{time} left',
  startsIn: 'Starts in {time}',
  ending: 'Ending now',
  tied: { one: 'tied with {n} other', other: 'tied with {n} others' },
  between: { one: '{n} person between', other: '{n} people between' },
  people: { one: '{n} person on the board', other: '{n} people on the board' },
  yourRank: 'You are at rank {rank} of {total}',
  yourTie: 'You share rank {rank} of {total}',
  behind: { one: '{n} point behind rank {rank}', other: '{n} points behind rank {rank}' },
  leadBy: { one: '{n} point ahead of rank {rank}', other: '{n} points ahead of rank {rank}' },
  notYet: 'You have no points here yet. Your first ones put you on the board.',
  more: 'Show more',
  failed: 'That did not load. Nothing was lost; please try again.',
  offline: 'No connection. This is the board as of {time}.',
  asOf: 'As of {time}',
  how: 'How points and ranks work',
} satisfies Record<string, Message>;

/** The keys of what all but contests say. */
export type FirstKey = keyof (typeof en &
  typeof appeal &
  typeof calm &
  typeof invitation &
  typeof join &
  typeof live &
  typeof motion &
  typeof own &
  typeof qr &
  typeof rules &
  typeof settings &
  typeof share &
  typeof signup &
  typeof tabs &
  typeof wallet);

type ContestWords = typeof contest & typeof steps & typeof results & typeof team & typeof boards & typeof proof;

/** The keys of what contests say, in a catalogue of its own. */
export type ContestKey = Exclude<keyof ContestWords, FirstKey>;

/** The keys of all there is to say. */
export type MessageKey = FirstKey | ContestKey;

/** A whole catalogue in some language. */
export type Messages = Readonly<Record<MessageKey, Message>>;
