import type { contract, Output, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import { findProgram } from '../db/references.ts';
import type { Signal } from '../db/risk-tables.ts';
import { LaurelProblem } from '../problem.ts';
import { type Replayed, summarise } from './dry-run.ts';
import type { Found } from './facts.ts';
import { gather, type Sources } from './gather.ts';
import { findSignals, weigh } from './judge.ts';
import { fleeting, unknownCode, type Weights, weighings } from './weights.ts';

type Input = Parsed<typeof contract.risk.dryRun>;

/** So many of the newest referrals are looked at, so many at a time. */
const most = 50_000;
const batchSize = 500;

interface Past {
  id: string;
  /** Whether what was seen of the referee may have been forgotten since. */
  faded: boolean;
  signals: Signal[] | null;
  reviewed: 'approved' | 'rejected' | null;
}

/** Parameters: programme, days, instant or null, id before which or null, days that sightings are kept, how many. */
const past = (schema: string) => `
select referral.id,
  referral.created_at < coalesce($3::timestamptz, now()) - make_interval(days => $5) as faded,
  (select signals from ${schema}.risk_assessment where referral_id = referral.id order by id desc limit 1) as signals,
  (select review_event.state from ${schema}.review join ${schema}.review_event on review_event.review_id = review.id
    where review.referral_id = referral.id and review_event.state in ('approved', 'rejected') and review_event.actor <> 'system'
    order by review_event.id desc limit 1) as reviewed
from ${schema}.referral
where referral.program_id = $1 and referral.created_at >= coalesce($3::timestamptz, now()) - make_interval(days => $2)
  and ($4::uuid is null or referral.id < $4)
order by referral.id desc limit $6`;

/** What was found when addresses and devices were still known. */
const remembered = ({ signals }: Past): Found[] =>
  (signals ?? []).filter(({ code }) => fleeting.has(code) && Object.hasOwn(weighings, code));

/**
 * Replays a rule set on the past: from what is kept, and where sightings have expired with the signals of addresses and devices
 * as they were assessed then. Changes nothing.
 * @throws LaurelProblem program_not_found, validation_failed for a signal there is none of
 */
export async function replay(
  { program, days, mode, weights: given }: Input,
  { database, now }: Context,
  { sources, weights, keepDays }: { sources: Sources; weights: Weights; keepDays: number },
): Promise<Output<typeof contract.risk.dryRun>> {
  const unknown = unknownCode(given);
  if (unknown !== undefined) {
    throw new LaurelProblem('validation_failed', `There is no signal "${unknown}".`, {
      errors: [
        { pointer: `#/weights/${unknown.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail: 'is not known here' },
      ],
    });
  }
  const { id: programId } = await findProgram(database, program);
  const tried = { ...weights, ...given };
  const replayed: Replayed[] = [];
  let fromAssessments = 0;
  for (let before: string | null = null; replayed.length < most; ) {
    const rows: Past[] = await database.query<Past>(past(database.schema), [
      programId,
      days,
      now,
      before,
      keepDays,
      batchSize,
    ]);
    const known = new Map(
      (
        await gather(
          database,
          rows.map(({ id }) => id),
          sources,
          now,
        )
      ).map(({ id, facts }) => [id, facts]),
    );
    for (const row of rows) {
      const facts = known.get(row.id);
      if (!facts) continue;
      const found = findSignals(facts);
      if (row.faded) fromAssessments++;
      const { decision, signals } = weigh(row.faded ? [...found, ...remembered(row)] : found, mode, tried);
      replayed.push({ decision, codes: signals.map(({ code }) => code), reviewed: row.reviewed });
    }
    before = rows.at(-1)?.id ?? null;
    if (rows.length < batchSize) break;
  }
  return { ...summarise(replayed), fromAssessments };
}
