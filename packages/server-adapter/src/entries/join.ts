import { hint } from '../bus.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed, visibleContest } from '../http/subject.ts';
import { givePoints } from '../ledger/give-points.ts';
import { LaurelProblem } from '../problem.ts';
import { notLive } from './contest-action.ts';
import { joinFaults } from './missing.ts';
import { ownEntries } from './own-entries.ts';
import type { EntryTools } from './services.ts';

/** Parameters of both: contest, participant, rules version, country, age, name, instant or null; here also whether they await a place. */
const insert = (schema: string) => `
insert into ${schema}.contest_entrant (contest_id, participant_id, rules_version, country, age_confirmed, show_name, joined_at,
  updated_at, awaits_place)
select $1, $2, $3, $4, $5, $6, at, at, $8 from (select coalesce($7::timestamptz, now()) as at) moment
on conflict do nothing returning 1 as joined`;
const change = (schema: string) => `
update ${schema}.contest_entrant set rules_version = $3, country = $4, age_confirmed = $5, show_name = $6,
  updated_at = coalesce($7::timestamptz, now())
where contest_id = $1 and participant_id = $2`;

const open = ['scheduled', 'live', 'paused'] as const;

/** Takes somebody into a contest, or changes what they said. */
export const join =
  (services: EntryTools): Handlers<'entries'>['join'] =>
  async (input, context) => {
    const contest = await visibleContest(input.contest, context);
    const participantId = await callerOrNamed(context, input.participant);
    assertMayJoin(contest, input);
    const said = [input.rulesVersion, input.country ?? null, input.ageConfirmed, input.showName];
    const inLine = contest.settings.kind === 'waitlist';
    // Those who joined before it ran are before whoever joins now. A transaction that is open cannot wait for others.
    if (inLine && contest.phase === 'live' && !context.enlisted) await services.line.give(contest.id);
    await context.transaction(async ({ database, emit }) => {
      const values = [contest.id, participantId, ...said, context.now];
      const point = { contestId: contest.id, participantId, points: 1, cause: `joined:${participantId}` };
      const placed = inLine && (await givePoints(database, [point], context.now, services.channel)) > 0;
      const [joined] = await database.query(insert(database.schema), [...values, !placed]);
      if (joined) {
        await emit('contest.joined', { contest: contest.id, program: contest.program_id, participant: participantId });
      } else await database.query(change(database.schema), values);
      await hint(database, services.channel, { names: [participantId] });
    });
    context.afterCommit(async () => services.onRename(participantId));
    // The place in line is part of the answer; inside an open transaction the point is not there yet.
    if (inLine && !context.enlisted) await services.sequencer.run();
    return ownEntries(services, contest, participantId, context);
  };

/** @throws LaurelProblem contest_not_live, rules_outdated, not_eligible */
function assertMayJoin(contest: ContestRow, input: Parameters<Handlers<'entries'>['join']>[0]): void {
  if (!open.some((phase) => phase === contest.phase)) throw notLive(contest.phase);
  if (input.rulesVersion !== contest.rules_version) {
    throw new LaurelProblem('rules_outdated', `Show version ${contest.rules_version} of the rules and ask again.`);
  }
  const said = { country: input.country ?? null, ageConfirmed: input.ageConfirmed };
  const errors = joinFaults(contest.settings.eligibility, said);
  if (errors.length > 0) {
    const asked = errors.map(({ pointer, detail }) => `${pointer.slice(2)} ${detail}`).join('; ');
    throw new LaurelProblem('not_eligible', `To take part: ${asked}.`, { errors });
  }
}
