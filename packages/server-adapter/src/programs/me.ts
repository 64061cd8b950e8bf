import { referralCodeOf } from '../attribution/code.ts';
import type { Seeing } from '../attribution/seen.ts';
import { assertTakesPart } from '../attribution/takes-part.ts';
import { findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import { referralLink } from './link.ts';

interface Numbers {
  clicks: string | null;
  referrals: string;
  qualified: string;
  conversions: string;
  points: string | null;
  referred: boolean;
}

const numbers = (schema: string) => `
select
  (select clicks from ${schema}.click_count where program_id = $1 and participant_id = $2) as clicks,
  (select count(*) from ${schema}.referral where program_id = $1 and referrer_id = $2) as referrals,
  (select count(*) from ${schema}.referral where program_id = $1 and referrer_id = $2
    and state in ('qualified', 'approved')) as qualified,
  (select count(*) from ${schema}.conversion where program_id = $1 and referrer_id = $2 and reversed_at is null) as conversions,
  (select sum(standing.score) from ${schema}.standing
    join ${schema}.contest on contest.id = standing.contest_id
    where contest.program_id = $1 and standing.participant_id = $2 and standing.period_start = '-infinity') as points,
  exists (select from ${schema}.referral where program_id = $1 and referee_id = $2) as referred`;

/** The caller's own code, link and numbers in a programme. The code comes into being when it is first asked for. */
export const programMe =
  (seeing: Seeing): Handlers<'programs'>['me'] =>
  async (input, context) => {
    const program = await findProgram(context.database, input.program);
    const participantId = await callerOrNamed(context, input.participant);
    await assertTakesPart(context.database, program.id, participantId);
    await seeing.participantDaily(participantId, context);
    const referralCode = await referralCodeOf(context.database, program.id, participantId);
    const [row] = await context.database.query<Numbers>(numbers(context.database.schema), [program.id, participantId]);
    return {
      program: program.slug,
      referralCode,
      referralLink: referralLink(program, referralCode, context.publicUrl()),
      counts: {
        clicks: Number(row?.clicks ?? 0),
        referrals: Number(row?.referrals),
        qualified: Number(row?.qualified),
        conversions: Number(row?.conversions),
      },
      points: Number(row?.points ?? 0),
      referred: row?.referred ?? false,
    };
  };
