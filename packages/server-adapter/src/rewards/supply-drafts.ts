import type { Database } from '../db/database.ts';
import { settledWith } from './settled-with.ts';
import { type Claim, type Supply, serve } from './supply.ts';

/** A reward before stock and budget of its rule are asked. */
export interface Asking {
  readonly id: string;
  readonly ruleId: string;
  readonly earnedAt: Date;
  /** What it takes of the budget; 0 for what is not money. */
  readonly minor: number;
  /** Whether it should have its share, or give it back. */
  readonly wants: boolean;
  /** Whether it has its share, and how much of the budget that is. */
  readonly has: boolean;
  readonly hasMinor: number;
  /** Handed out: what it has is not given back. */
  readonly gone: boolean;
}

/** Who has their share, and whose turn it may be next. */
export interface Supplied {
  /** By reward: what it has of the budget; not there: it waits, or gave back. */
  readonly shares: ReadonlyMap<string, number>;
  /** Rules that limit what they give. */
  readonly limited: ReadonlySet<string>;
  /** Referrals of rewards that have waited longer, and can be served now: to be settled again. */
  readonly next: readonly string[];
}

interface SupplyRow {
  rule_id: string;
  stock_left: string | null;
  budget_left: string | null;
}

interface WaitingRow {
  id: string;
  rule_id: string;
  minor: string;
  earned_at: Date;
  referral_id: string | null;
}

/** Rewards that have waited longer are looked at as many at a time. */
const mostNext = 200;

/** Parameter: rule ids. Whoever holds these rows gives and takes alone. */
const holdStatement = (schema: string) =>
  `select rule_id, stock_left, budget_left from ${schema}.reward_supply where rule_id = any($1::uuid[]) order by rule_id for update`;

/** Parameters: rule ids with something left, ids of rewards being settled. */
const waitingStatement = (schema: string) => `
select each.* from unnest($1::uuid[]) as asked(rule_id)
cross join lateral (
  select reward.id, reward.rule_id, reward.minor, reward.earned_at, ${settledWith(schema, 'reward')} as referral_id
  from ${schema}.reward
  where reward.rule_id = asked.rule_id and state = 'waiting' and id <> all($2::uuid[])
  order by reward.earned_at limit ${mostNext}
) each`;

/** Parameters: arrays of rule, stock, budget. */
const updateStatement = (schema: string) => `
update ${schema}.reward_supply set stock_left = left_over.stock, budget_left = left_over.budget
from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as left_over(rule_id, stock, budget)
where reward_supply.rule_id = left_over.rule_id
  and (stock_left, budget_left) is distinct from (left_over.stock, left_over.budget)`;

/** Takes stock and budget for the rewards that want it, and gives back what others have no more. */
export async function supplyDrafts({ query, schema }: Database, asking: readonly Asking[]): Promise<Supplied> {
  const byRule = Map.groupBy(asking, ({ ruleId }) => ruleId);
  const rows = await query<SupplyRow>(holdStatement(schema), [[...byRule.keys()]]);
  if (rows.length === 0) return { shares: new Map(), limited: new Set(), next: [] };
  const open = new Map(rows.map((row) => [row.rule_id, afterReturns(supplyOf(row), byRule.get(row.rule_id) ?? [])]));
  const withRest = [...open].filter(([, { stock, budget }]) => stock !== 0 && budget !== 0).map(([id]) => id);
  const waiting =
    withRest.length === 0
      ? []
      : await query<WaitingRow>(waitingStatement(schema), [withRest, asking.map(({ id }) => id)]);
  const shares = new Map(
    asking.filter(({ has, wants }) => has && wants).map(({ id, minor, hasMinor }) => [id, Math.min(minor, hasMinor)]),
  );
  const next: string[] = [];
  const left = [...open].map(([ruleId, supply]) => {
    const own = (byRule.get(ruleId) ?? []).filter(({ wants, has }) => wants && !has);
    const elsewhere = waiting.filter(({ rule_id }) => rule_id === ruleId);
    const claims: Claim[] = [
      ...own,
      ...elsewhere.map(({ id, earned_at, minor }) => ({ id, earnedAt: earned_at, minor: Number(minor) })),
    ];
    const { served, left } = serve(supply, claims);
    for (const { id, minor } of own) if (served.has(id)) shares.set(id, minor);
    const reserved = elsewhere.filter(({ id }) => served.has(id));
    next.push(...reserved.flatMap(({ referral_id }) => referral_id ?? []));
    const rest = grow(left, byRule.get(ruleId) ?? [], shares);
    // What is kept for those elsewhere stays there until they are settled themselves.
    return { ruleId, supply: giveBack(rest, reserved.length, sum(reserved.map(({ minor }) => Number(minor)))) };
  });
  await query(updateStatement(schema), [
    left.map(({ ruleId }) => ruleId),
    left.map(({ supply }) => supply.stock),
    left.map(({ supply }) => supply.budget),
  ]);
  return { shares, limited: new Set(open.keys()), next };
}

const supplyOf = ({ stock_left, budget_left }: SupplyRow): Supply => ({
  stock: stock_left === null ? null : Number(stock_left),
  budget: budget_left === null ? null : Number(budget_left),
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const giveBack = ({ stock, budget }: Supply, rewards: number, minor: number): Supply => ({
  stock: stock === null ? null : stock + rewards,
  budget: budget === null ? null : budget + minor,
});

/** What is left once those that want no more, or less of the budget, have given back. */
function afterReturns(supply: Supply, asking: readonly Asking[]): Supply {
  const holders = asking.filter(({ has }) => has);
  const leaving = holders.filter(({ wants, gone }) => !wants && !gone);
  const spared = holders.filter(({ wants }) => wants).map(({ hasMinor, minor }) => Math.max(0, hasMinor - minor));
  return giveBack(supply, leaving.length, sum(leaving.map(({ hasMinor }) => hasMinor)) + sum(spared));
}

/** Gives rewards that have become worth more the rest, where the budget has it; answers what is left then. */
function grow(supply: Supply, asking: readonly Asking[], shares: Map<string, number>): Supply {
  let { budget } = supply;
  for (const { id, minor, hasMinor, has, wants } of asking) {
    const more = minor - hasMinor;
    if (!has || !wants || more <= 0 || (budget !== null && budget < more)) continue;
    if (budget !== null) budget -= more;
    shares.set(id, minor);
  }
  return { ...supply, budget };
}
