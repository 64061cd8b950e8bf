import { referralCodeOf } from '../attribution/code.ts';
import { findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { callerOrNamed } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { noteConsent } from './consent.ts';

/** Parameters: programme, participant, instant or null. Lets one of several callers through, whether they had joined by a form or not. */
const leaveOnce = (schema: string) => `
insert into ${schema}.participation as participation (program_id, participant_id, left_at)
values ($1, $2, coalesce($3::timestamptz, now()))
on conflict (program_id, participant_id) do update set left_at = excluded.left_at where participation.left_at is null
returning consent_text as "consentText"`;

/** Parameters: programme, participant, text or null, instant or null. */
const returnOnce = (schema: string) => `
update ${schema}.participation set left_at = null, consent_text = $3,
  consented_at = case when $3::text is not null then coalesce($4::timestamptz, now()) end
where program_id = $1 and participant_id = $2 and left_at is not null
returning true as returned`;

const leftAt = (schema: string) => `
select left_at as "leftAt" from ${schema}.participation where program_id = $1 and participant_id = $2`;

/** Going, and coming back. What was earned, and the friends who had joined, stay as they are. */
export const leaving: Pick<Handlers<'joining'>, 'leave' | 'rejoin'> = {
  leave: async ({ program: reference, participant }, context) => {
    const program = await findProgram(context.database, reference);
    const participantId = await callerOrNamed(context, participant);
    const member = { programId: program.id, participantId };
    return context.transaction(async ({ database, emit }) => {
      const values = [program.id, participantId];
      const [left] = await database.query<{ consentText: string | null }>(leaveOnce(database.schema), [
        ...values,
        context.now,
      ]);
      if (left) {
        const { consentText } = left;
        const actor = actorOf(context.caller);
        await noteConsent(database, { ...member, kind: 'withdrawn', consentText, actor }, context);
        await emit('participant.left', { participant: participantId, program: program.id });
      }
      const [row] = await database.query<{ leftAt: Date | null }>(leftAt(database.schema), values);
      return { program: program.slug, leftAt: (row?.leftAt ?? context.now ?? new Date()).toISOString() };
    });
  },

  rejoin: async ({ program: reference, participant, consentText = null }, context) => {
    const program = await findProgram(context.database, reference);
    const participantId = await callerOrNamed(context, participant);
    if (program.archived_at) throw new LaurelProblem('program_archived', 'The programme takes nobody in any more.');
    if (consentText !== program.consent_text) {
      throw new LaurelProblem(
        'consent_outdated',
        'Show the programme’s current consent text and send what was agreed to.',
      );
    }
    return context.transaction(async ({ database, emit }) => {
      const values = [program.id, participantId, consentText, context.now];
      const [returned] = await database.query(returnOnce(database.schema), values);
      if (returned) {
        const actor = actorOf(context.caller);
        const given = { programId: program.id, participantId, kind: 'given', consentText, actor } as const;
        await noteConsent(database, given, context);
        await emit('participant.joined', { participant: participantId, program: program.id });
      }
      return { program: program.slug, referralCode: await referralCodeOf(database, program.id, participantId) };
    });
  },
};
