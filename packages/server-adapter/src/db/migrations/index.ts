import { foundation } from './0001-foundation.ts';
import { partitions } from './0002-partitions.ts';
import { hotTables } from './0003-hot-tables.ts';
import { programmes } from './0004-programmes.ts';
import { rewards } from './0005-rewards.ts';
import { risk } from './0006-risk.ts';
import { webhooks } from './0007-webhooks.ts';
import { transfers } from './0008-transfers.ts';
import { contests } from './0009-contests.ts';
import { courses } from './0010-courses.ts';
import { referrals } from './0011-referrals.ts';
import { people } from './0012-people.ts';
import { contestSeals } from './0013-contest-seals.ts';
import { claimedTime } from './0014-claimed-time.ts';
import { courseMemory } from './0015-course-memory.ts';
import { placesInLine } from './0016-places-in-line.ts';

/** One step of the schema. It runs inside a transaction whose search path is the schema alone. */
export interface Migration {
  number: number;
  name: string;
  /** `true`: an older version of Laurel must refuse to run on it. */
  breaking: boolean;
  sql: string;
}

/** What a step is called where somebody reads it. */
export const titleOf = ({ number, name }: Migration): string => `${number} ${name}`;

/** All steps, in order. A published step is never edited. */
export const migrations: readonly Migration[] = [
  { number: 1, name: 'foundation', breaking: true, sql: foundation },
  { number: 2, name: 'partitions', breaking: true, sql: partitions },
  { number: 3, name: 'hot tables', breaking: false, sql: hotTables },
  { number: 4, name: 'programmes', breaking: true, sql: programmes },
  { number: 5, name: 'rewards', breaking: false, sql: rewards },
  { number: 6, name: 'risk', breaking: false, sql: risk },
  { number: 7, name: 'webhooks', breaking: false, sql: webhooks },
  { number: 8, name: 'transfers', breaking: false, sql: transfers },
  { number: 9, name: 'contests', breaking: true, sql: contests },
  { number: 10, name: 'courses', breaking: false, sql: courses },
  { number: 11, name: 'referrals', breaking: false, sql: referrals },
  { number: 12, name: 'people', breaking: false, sql: people },
  { number: 13, name: 'contest seals', breaking: false, sql: contestSeals },
  { number: 14, name: 'claimed time', breaking: false, sql: claimedTime },
  { number: 15, name: 'course memory', breaking: false, sql: courseMemory },
  { number: 16, name: 'places in line', breaking: false, sql: placesInLine },
];
