import type { PointsAward } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { holdAlone } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { type Awarded, type AwardInput, writeAwards } from './write.ts';

/** What awards need of the house. */
export interface PointsServices {
  /** The statement for a host's transaction. */
  enlisted: string;
  /** Writes one together with others that come at the same time. */
  together(item: AwardInput): Promise<Awarded>;
  channel: string;
}

/** Points the host gives by itself: each key once in a contest. */
export function points({ enlisted, together, channel }: PointsServices): Handlers<'points'> {
  /** Of two transactions with one key, the second waits for the first and finds what it has given. */
  const writeEnlisted = async (database: Database, item: AwardInput) => {
    const { contest, idempotencyKey } = item;
    await holdAlone(database, `award:${contest}:${idempotencyKey}`);
    return (await writeAwards(database, enlisted, [item], channel))[0];
  };

  return {
    award: async (input, context) => {
      const item = { ...input, now: context.now };
      const awarded = context.enlisted ? await writeEnlisted(context.database, item) : await together(item);
      return answerFor(item, awarded as Awarded);
    },
  };
}

/** @throws LaurelProblem contest_not_found, participant_not_found, contest_not_live, event_not_scored, idempotency_key_reused */
function answerFor(item: AwardInput, awarded: Awarded): z.output<typeof PointsAward> {
  const { contest, participantId, awardedAt } = awarded;
  if (contest === null) throw new LaurelProblem('contest_not_found', `There is no contest "${item.contest}".`);
  if (participantId === null) {
    throw new LaurelProblem('participant_not_found', `There is no participant "${item.participant}".`);
  }
  if (!awardedAt) throw new LaurelProblem('contest_not_live', 'Points are given while the contest runs.');
  if (awarded.points === null) {
    const detail = `The scoring of the contest "${contest}" has no rule for the event "${item.event}": add one, or give points.`;
    throw new LaurelProblem('event_not_scored', detail);
  }
  const points = Number(awarded.points);
  if (awarded.givenTo !== participantId || Number(awarded.givenPoints) !== points) {
    throw new LaurelProblem(
      'idempotency_key_reused',
      `The idempotencyKey "${item.idempotencyKey}" gave other points in this contest. Nothing was changed.`,
    );
  }
  return {
    contest,
    participant: participantId,
    points,
    idempotencyKey: item.idempotencyKey,
    awardedAt: awardedAt.toISOString(),
  };
}
