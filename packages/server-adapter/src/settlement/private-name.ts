import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';

/** Keeps the name only staff know a participant by, or removes it where it is `null`. */
export async function storePrivateName(
  { kysely }: Database,
  participantId: string,
  name: string | null,
  at: { now: Date | null },
): Promise<void> {
  if (name === null) {
    await kysely.deleteFrom('participant_private').where('participant_id', '=', participantId).execute();
    return;
  }
  const updated_at = instantOf(at);
  await kysely
    .insertInto('participant_private')
    .values({ participant_id: participantId, name, updated_at })
    .onConflict((conflict) => conflict.column('participant_id').doUpdateSet({ name, updated_at }))
    .execute();
}
