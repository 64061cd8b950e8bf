import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import {
  allowedBy,
  type CapGroup,
  candidateOf,
  candidateOfStored,
  groupDrafts,
  type Turn,
  turnOf,
} from './cap-groups.ts';
import { allocate, type Before, byTurn, emptyTally } from './caps.ts';
import { type Draft, fullMinorOf, isStanding } from './draft.ts';
import type { Rule } from './facts.ts';
import { type StoredReward, storedReward } from './read-rewards.ts';

/** What caps leave of drafts, and what that does to rewards of other referrals. */
export interface CappedDrafts {
  /** By draft: minor units, or 1 and 0 for what is not money. */
  readonly allowed: ReadonlyMap<string, number>;
  /** Rewards that lose to one before them in turn, and what is left of them. */
  readonly shrunk: readonly { stored: StoredReward; allowed: number }[];
  /** Referrals of rewards that could now get more: to be settled again. */
  readonly freed: readonly string[];
}

const periods = ['year', 'month', 'day'] as const;

type BeforeRow = { key: string; currency: string | null } & Record<
  'total' | 'minor_total' | (typeof periods)[number] | `minor_${(typeof periods)[number]}`,
  string
>;

const groups = `jsonb_to_recordset($1::jsonb)
  as asked(key text, rule_id uuid, participant_id uuid, at timestamptz, cause text, zone text)`;
const own = `each.rule_id = asked.rule_id and each.participant_id = asked.participant_id`;
const turn = `(each.earned_at, each.cause collate "C")`;
const askedTurn = `(asked.at, asked.cause collate "C")`;
const sinceStart = (period: string) =>
  `(where each.earned_at >= date_trunc('${period}', asked.at at time zone asked.zone) at time zone asked.zone)`;

/** Parameter: JSON of groups. What each group was given before its turn, by currency: sums only. */
const beforeStatement = (schema: string) => `
select asked.key, each.currency, count(*) as total, sum(each.minor) as minor_total, ${periods
  .map(
    (period) =>
      `count(*) filter ${sinceStart(period)} as ${period}, coalesce(sum(each.minor) filter ${sinceStart(period)}, 0) as minor_${period}`,
  )
  .join(', ')}
from ${groups} join ${schema}.reward each on ${own} and each.earned_at <= asked.at and ${turn} < ${askedTurn}
where each.state in ('held', 'approved', 'fulfilled', 'waiting')
group by asked.key, each.currency`;

/** Parameter: JSON of groups. The rewards of each group from its turn on. */
const afterStatement = (schema: string) => `
select asked.key, each.* from ${groups}
join ${schema}.reward each on ${own} and each.earned_at >= asked.at and ${turn} >= ${askedTurn}
where each.state in ('held', 'approved', 'fulfilled', 'waiting', 'capped')`;

/**
 * Fills the caps of everybody these drafts belong to, from the first reward on that is not what it was. What came before
 * is asked for as sums, however long the history.
 */
export async function capDrafts(
  { query, schema }: Database,
  drafts: readonly Draft[],
  rules: ReadonlyMap<string, Rule>,
  timeZoneOf: (programId: string) => string,
): Promise<CappedDrafts> {
  const allowed = new Map(drafts.map((draft) => [draft.id, isStanding(draft.base) ? (fullMinorOf(draft) ?? 1) : 0]));
  const changed = groupDrafts(drafts, rules).flatMap((group) =>
    group.from ? [{ ...group, from: group.from, zone: timeZoneOf(group.rule.programId) }] : [],
  );
  if (changed.length === 0) return { allowed, shrunk: [], freed: [] };
  const asked = JSON.stringify(changed.map(asking));
  const before = Map.groupBy(await query<BeforeRow>(beforeStatement(schema), [asked]), ({ key }) => key);
  const rows = await query<Row<'reward'> & { key: string }>(afterStatement(schema), [asked]);
  const after = Map.groupBy(rows, ({ key }) => key);
  const shrunk: { stored: StoredReward; allowed: number }[] = [];
  const freed: string[] = [];
  for (const group of changed) {
    const drafted = new Set(group.drafts.map(({ id }) => id));
    const others = (after.get(group.key) ?? []).map(storedReward).filter(({ id }) => !drafted.has(id));
    const mine = group.drafts.filter((draft) => isStanding(draft.base) && byTurn(turnOf(draft), group.from) >= 0);
    const candidates = [
      ...mine.map((draft) => candidateOf(draft, group.rule)),
      ...others.map((stored) => candidateOfStored(stored, group.rule)),
    ];
    const found = allocate(candidates, group.zone, tallied(group.from, before.get(group.key) ?? []));
    for (const { id } of mine) allowed.set(id, found.get(id) ?? 0);
    for (const stored of others) {
      const left = found.get(stored.id) ?? 0;
      if (left < allowedBy(stored)) shrunk.push({ stored, allowed: left });
      else if (left > allowedBy(stored) && stored.referralId !== null) freed.push(stored.referralId);
    }
  }
  return { allowed, shrunk, freed };
}

const asking = ({ key, rule, participantId, from, zone }: CapGroup & { from: Turn; zone: string }) => ({
  key,
  rule_id: rule.id,
  participant_id: participantId,
  at: from.earnedAt,
  cause: from.cause,
  zone,
});

function tallied({ earnedAt }: Turn, rows: readonly BeforeRow[]): Before {
  const tallies = { total: emptyTally(), year: emptyTally(), month: emptyTally(), day: emptyTally() };
  for (const row of rows) {
    for (const period of ['total', ...periods] as const) {
      tallies[period].count += Number(row[period]);
      if (row.currency !== null) tallies[period].minor.set(row.currency, Number(row[`minor_${period}`]));
    }
  }
  return { at: earnedAt, tallies };
}
