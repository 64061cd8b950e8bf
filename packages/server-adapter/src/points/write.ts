import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { asId } from '../db/references.ts';
import type { Queryable } from '../db/storage.ts';
import type { Told } from '../telling.ts';

/** Points to award, and the instant to go by. */
export type AwardInput = Parsed<typeof contract.points.award> & { now: Date | null };

/** What became of one award. */
export interface Awarded extends Told {
  /** The contest's slug; `null` when there is none. */
  contest: string | null;
  live: boolean | null;
  participantId: string | null;
  /** How many points are asked for; `null` where the contest has no rule for the event. */
  points: string | null;
  /** Whom the key has given points, and how many, now or before. */
  givenTo: string | null;
  givenPoints: string | null;
  awardedAt: Date | null;
  /** Whether this very call gave them. */
  fresh: boolean | null;
}

const columns: readonly ((item: AwardInput) => unknown)[] = [
  (item) => item.contest,
  (item) => asId(item.contest),
  (item) => item.participant,
  (item) => asId(item.participant),
  (item) => item.points ?? null,
  (item) => item.idempotencyKey,
  (item) => item.event ?? null,
];

/** Sends one statement for all awards; the answers are in their order. */
export function writeAwards(
  queryable: Queryable,
  statement: string,
  items: readonly AwardInput[],
  channel: string | null,
): Promise<Awarded[]> {
  const parameters = [...columns.map((column) => items.map(column)), items[0]?.now ?? null, channel];
  return queryable.query<Awarded>(statement, parameters, 'laurel_points');
}
