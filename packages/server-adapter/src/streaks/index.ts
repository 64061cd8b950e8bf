import { learnerIdOf } from '../curriculum/find-course.ts';
import { findParticipant } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { readStreak } from '../read-streak.ts';

const insertFreezes = (schema: string) => `
insert into ${schema}.streak_freeze (participant_id, idempotency_key, day, freezes, actor, created_at)
values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()))
on conflict on constraint streak_freeze_once do nothing returning participant_id`;

/** Its own statement after the insertion: only so it sees what another call has written meanwhile. */
const isTheSame = (schema: string) => `
select from ${schema}.streak_freeze
where participant_id = $1 and idempotency_key = $2 and day = $3 and freezes = $4`;

/** Streaks over all courses: read as of now, and freezes given by the host. */
export function streaks(): Handlers<'streaks'> {
  return {
    get: async ({ participant, timeZone }, context) =>
      readStreak(context.database, await learnerIdOf(context, participant), timeZone ?? null, context.now),

    grant: async ({ participant, day, freezes, idempotencyKey }, { database, caller, now }) => {
      const { query, schema } = database;
      const { id } = await findParticipant(database, participant);
      const given = [id, idempotencyKey, day, freezes];
      const [inserted] = await query(insertFreezes(schema), [...given, actorOf(caller), now]);
      const [same] = inserted ? [inserted] : await query(isTheSame(schema), given);
      if (!same) {
        throw new LaurelProblem(
          'idempotency_key_reused',
          `The idempotencyKey "${idempotencyKey}" gave this participant other freezes. Nothing was changed.`,
        );
      }
      return { participant: id, freezes };
    },
  };
}
