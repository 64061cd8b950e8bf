import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { canonicalJson } from '@laurelkit/sdk/draws';
import type { ContestRow } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

type Change = Omit<Parsed<typeof contract.contests.update>, 'contest'>;

/** What decides the outcome, so that it must not change under those who take part. */
export const fixedOnceLive = [
  ...([
    'startsAt',
    'timeZone',
    'period',
    'scoring',
    'kind',
    'tiePolicy',
    'prizes',
    'mostEntries',
    'eligibility',
  ] as const),
  ...(['draw', 'teamSize', 'league', 'instantWin', 'actions'] as const),
] as const;

/** The name policies, the one that shows most first. */
const byOpenness = ['shown', 'opt_in', 'pseudonyms'] as const;

const conflict = (detail: string) => new LaurelProblem('contest_state_conflict', detail);

/** What a change would change, beside the state: what is given as it is already changes nothing. */
export function changedFields(contest: ContestRow, change: Change): Exclude<keyof Change, 'state'>[] {
  const { settings, starts_at, ends_at, hide_until_end, time_zone, ...row } = contest;
  const former: { [Field in Exclude<keyof Change, 'state'>]: unknown } = {
    ...settings,
    ...{ name: row.name, description: row.description, period: row.period, scoring: row.scoring },
    ...{ timeZone: time_zone, hideUntilEnd: hide_until_end },
    ...{ startsAt: starts_at.toISOString(), endsAt: ends_at.toISOString() },
  };
  const { state: _, ...given } = change;
  const instants = { startsAt: given.startsAt && utc(given.startsAt), endsAt: given.endsAt && utc(given.endsAt) };
  return (Object.entries({ ...given, ...instants }) as [keyof typeof former, unknown][])
    .filter(([field, value]) => value !== undefined && canonicalJson(value) !== canonicalJson(former[field]))
    .map(([field]) => field);
}

const utc = (instant: string) => new Date(instant).toISOString();

/**
 * Why a change of a contest is refused, or `null` when it is fine: decided contests do not change; from the start on what
 * decides the outcome is fixed, the end moves by `extend` alone and the contest cannot go back; after the end it can only
 * be closed.
 */
export function changeRefused(contest: ContestRow, change: Change): LaurelProblem | null {
  const { phase } = contest;
  if (phase === 'closed' || phase === 'drawn') {
    return new LaurelProblem('contest_closed', `The contest is ${phase}: nothing of it changes any more.`);
  }
  const fields = changedFields(contest, change);
  const [first] = fields;
  if (change.state === 'closed') {
    if (phase !== 'frozen') return conflict('Only a contest that has ended can be closed.');
    if (contest.settings.prizes.length > 0) {
      return conflict('The contest has prizes: it closes by itself once all of them are claimed.');
    }
    if (first) return conflict(`"${first}" cannot change any more: close the contest without it.`);
    return null;
  }
  if (phase === 'frozen' && (first || change.state)) {
    return conflict(`The contest has ended: "${first ?? 'state'}" cannot change any more.`);
  }
  return phase === 'live' || phase === 'paused'
    ? refusedOnceLive(contest, change, fields)
    : refusedBefore(contest, change);
}

function refusedOnceLive(
  { phase, settings }: ContestRow,
  { state, names }: Change,
  fields: readonly string[],
): LaurelProblem | null {
  if (state !== undefined) return conflict(`A ${phase} contest cannot go back to ${state}.`);
  const fixed = fixedOnceLive.find((field) => fields.includes(field));
  if (fixed) return conflict(`"${fixed}" cannot change once the contest has begun.`);
  if (fields.includes('endsAt')) return conflict('The end of a contest that has begun moves by "extend" only.');
  if (names && byOpenness.indexOf(names) < byOpenness.indexOf(settings.names)) {
    return conflict('"names" can only show fewer names once the contest has begun: people joined under these terms.');
  }
  return null;
}

function refusedBefore(contest: ContestRow, change: Change): LaurelProblem | null {
  const startsAt = Date.parse(change.startsAt ?? contest.starts_at.toISOString());
  const endsAt = Date.parse(change.endsAt ?? contest.ends_at.toISOString());
  if (startsAt < endsAt) return null;
  return new LaurelProblem('validation_failed', 'The contest must end after it starts.', {
    errors: [{ pointer: '#/endsAt', detail: 'must be after startsAt' }],
  });
}
