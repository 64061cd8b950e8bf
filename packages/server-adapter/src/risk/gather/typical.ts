import type { Database } from '../../db/database.ts';
import { conversionsOf } from './conversions.ts';

/** A referral of the programme that led to a purchase. Milliseconds; minor units. */
export interface Sample {
  clickToSignup: number | null;
  signupToConversion: number | null;
  currency: string | null;
  minor: number | null;
}

/** What is usual in a programme; `null` where too little is known. */
export interface Typical {
  clickToSignup: number | null;
  signupToConversion: number | null;
  /** Median amount by currency. */
  amounts: ReadonlyMap<string, number>;
}

const fewest = 20;

const median = (values: readonly number[]): number | null => {
  if (values.length < fewest) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
};

const known = <Key extends keyof Sample>(samples: readonly Sample[], key: Key) =>
  samples.flatMap((sample) => (sample[key] === null ? [] : [sample[key] as NonNullable<Sample[Key]>]));

/** What is usual, by the medians of samples of different referrers: one who brings thousands counts once. */
export function typicalOf(samples: readonly Sample[]): Typical {
  const byCurrency = Map.groupBy(samples, ({ currency }) => currency ?? '');
  const amounts = [...byCurrency].flatMap(([currency, some]) => {
    const middle = median(known(some, 'minor'));
    return currency === '' || !middle ? [] : [[currency, middle] as const];
  });
  return {
    clickToSignup: median(known(samples, 'clickToSignup')),
    signupToConversion: median(known(samples, 'signupToConversion')),
    amounts: new Map(amounts),
  };
}

/** Parameter: programme. The last referrals that led to something, one of each referrer. */
const statement = (schema: string) => `
select
  extract(epoch from recent.created_at - click.created_at)::float8 * 1000 as "clickToSignup",
  extract(epoch from bought.created_at - recent.created_at)::float8 * 1000 as "signupToConversion",
  bought.currency, bought.amount_minor::float8 as minor
from (
  select distinct on (referrer_id) id, program_id, referrer_id, click_id, created_at from (
    (select id, program_id, referrer_id, click_id, created_at from ${schema}.referral
      where program_id = $1 and state = 'qualified' order by created_at desc limit 200)
    union all
    (select id, program_id, referrer_id, click_id, created_at from ${schema}.referral
      where program_id = $1 and state = 'approved' order by created_at desc limit 200)
  ) each order by referrer_id, created_at desc
) recent
left join lateral (
  select created_at from ${schema}.click where click.program_id = $1 and click.id = recent.click_id limit 1
) click on true
left join lateral (
  select created_at, currency, amount_minor
  from (${conversionsOf(schema, 'recent', 'created_at, currency, amount_minor, reversed_at')}) each
  where reversed_at is null order by created_at limit 1
) bought on true`;

const keepMilliseconds = 60_000;

/** Makes the look-up of what is usual in programmes; what is known of one is good for a minute. */
export function createTypical(): (database: Database, programId: string) => Promise<Typical> {
  const kept = new Map<string, { typical: Typical; until: number }>();
  return async (database, programId) => {
    const found = kept.get(programId);
    if (found && found.until > Date.now()) return found.typical;
    const samples = await database.query<Sample>(statement(database.schema), [programId]);
    const typical = typicalOf(samples);
    // Where too little is known, the next sample may change it.
    if (samples.length >= fewest) kept.set(programId, { typical, until: Date.now() + keepMilliseconds });
    return typical;
  };
}
