import type { Database } from '../db/database.ts';
import type { Rule } from './facts.ts';
import type { Folded } from './referral-transitions.ts';

/** Where the qualified referrals of one participant of one programme stand. */
export interface AccountProgress {
  readonly reached: number;
  readonly cleared: number;
  /** The n-th qualified referral and when it qualified, for those that anything depends on. */
  readonly ranked: ReadonlyMap<number, { id: string; at: Date }>;
  /** Which qualified referral each of the batch is. */
  readonly positions: ReadonlyMap<string, number>;
}

interface Row {
  account: string;
  reached: number;
  cleared: number;
  ranked: { id: string; position: number; at: string }[] | null;
}

/**
 * Parameters: JSON of accounts (`key`, programme, participant, how many of the first to answer, at multiples of what), ids
 * of the batch. One pass over the index of qualified referrals for each account.
 */
const statement = (schema: string) => `
select account.key as account, count(each.id)::int as reached, count(each.id) filter (where each.cleared)::int as cleared,
  jsonb_agg(jsonb_build_object('id', each.id, 'position', each.position, 'at', each.qualified_at)) filter (
    where each.position <= account.head or each.id = any($2::uuid[])
      or exists (select from jsonb_array_elements_text(account.multiples) multiple where each.position % multiple::bigint = 0)
  ) as ranked
from jsonb_to_recordset($1::jsonb) as account(key text, program_id uuid, participant_id uuid, head bigint, multiples jsonb)
left join lateral (
  select id, qualified_at, cleared, row_number() over (order by qualified_at, id) as position from ${schema}.referral
  where program_id = account.program_id and referrer_id = account.participant_id and qualified_at is not null
) each on true
group by account.key`;

/** What an account is called in maps. */
export const accountKey = (programId: string, participantId: string): string => `${programId} ${participantId}`;

/** Numbers of referrals from which on a tier of these rules counts. */
export const thresholdsOf = (rules: readonly Rule[]): number[] => [
  ...new Set(
    rules.flatMap(({ versions }) =>
      versions.flatMap(({ definition }) => definition.tiers.map(({ referrals }) => referrals)),
    ),
  ),
];

const milestonesOf = (rules: readonly Rule[]) =>
  rules.flatMap(({ versions }) => versions.flatMap(({ definition: { milestone } }) => (milestone ? [milestone] : [])));

/** Whether anything that these rules give depends on the number of referrals. */
export const countsReferrals = (rules: readonly Rule[]): boolean =>
  thresholdsOf(rules).length > 0 || milestonesOf(rules).length > 0;

/** How many referrals of each account began or ceased to be qualified at some instant. */
export function shiftsOf(folded: readonly Folded[]): Map<string, number> {
  const shifts = new Map<string, number>();
  for (const { referral, next } of folded) {
    if (referral.qualifiedAt?.getTime() === next.qualifiedAt?.getTime()) continue;
    const key = accountKey(referral.facts.program.id, referral.facts.referrerId);
    shifts.set(key, (shifts.get(key) ?? 0) + 1);
  }
  return shifts;
}

/** Reads where the accounts of these referrals stand, after their states were written. */
export async function readProgress(
  { query, schema }: Database,
  folded: readonly Folded[],
  rulesOf: (programId: string) => readonly Rule[],
): Promise<Map<string, AccountProgress>> {
  const shifts = shiftsOf(folded);
  const accounts = new Map(
    folded.flatMap(({ referral: { facts } }) => {
      const rules = rulesOf(facts.program.id);
      if (!countsReferrals(rules)) return [];
      const key = accountKey(facts.program.id, facts.referrerId);
      const once = milestonesOf(rules).filter(({ repeats }) => !repeats);
      const head = Math.max(
        ...once.map(({ referrals }) => referrals),
        ...thresholdsOf(rules).map((referrals) => referrals + (shifts.get(key) ?? 0)),
        0,
      );
      const multiples = milestonesOf(rules)
        .filter(({ repeats }) => repeats)
        .map(({ referrals }) => referrals);
      return [[key, { key, program_id: facts.program.id, participant_id: facts.referrerId, head, multiples }] as const];
    }),
  );
  if (accounts.size === 0) return new Map();
  const ids = folded.map(({ referral }) => referral.facts.id);
  const rows = await query<Row>(statement(schema), [JSON.stringify([...accounts.values()]), ids]);
  return new Map(
    rows.map(({ account, reached, cleared, ranked }) => [
      account,
      {
        reached,
        cleared,
        ranked: new Map(ranked?.map(({ id, position, at }) => [position, { id, at: new Date(at) }])),
        positions: new Map(ranked?.map(({ id, position }) => [id, position])),
      },
    ]),
  );
}

/** Referrals outside the batch that changed tiers because others began or ceased to count before them. */
export function shiftedAcross(thresholds: readonly number[], shift: number, { ranked }: AccountProgress): string[] {
  if (shift === 0) return [];
  return [...ranked]
    .filter(([position]) => thresholds.some((threshold) => Math.abs(position - threshold) <= shift))
    .map(([, { id }]) => id);
}
