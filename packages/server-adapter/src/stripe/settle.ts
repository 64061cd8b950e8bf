import { countInstead, countingMinor, type Recorder } from '../count-instead.ts';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';

interface Sale {
  event: string;
  participant_id: string | null;
  minor: string;
  currency: string;
  metadata: Record<string, string>;
  occurred_at: Date;
  version: number;
  conversion_id: string | null;
  conversion_minor: string | null;
  /** Whether its first conversion belongs to a referral. */
  attributed: boolean | null;
  /** What was taken back, with disputes that are open and without. */
  returned: string;
  lost: string;
}

const readSale = (schema: string) => `
select sale.*, back.returned, back.lost, (
  select referral_id is not null from ${schema}.conversion
  where conversion.id = sale.conversion_id and conversion.program_id = sale.program_id
) as attributed
from ${schema}.stripe_sale sale
cross join lateral (
  select coalesce(sum(minor), 0) as returned, coalesce(sum(minor) filter (where final), 0) as lost
  from ${schema}.stripe_return each
  where each.program_id = sale.program_id and exists (
    select from ${schema}.stripe_payment paid
    where paid.program_id = sale.program_id and paid.object = sale.object
      and paid.payment in (each.charge, each.payment_intent)
  )
) back
where sale.program_id = $1 and sale.object = $2`;

const writeVersion = (schema: string) => `
update ${schema}.stripe_sale set version = $3, conversion_id = $4, conversion_minor = $5
where program_id = $1 and object = $2`;

const counting = ({ minor, returned, lost, attributed }: Sale): number =>
  countingMinor({
    ...{ minor: Number(minor), returned: Number(returned), lost: Number(lost) },
    attributed: attributed !== false,
  });

/**
 * Brings the conversion of a sale in line with everything known of the sale: recorded once in full; reversed when all of the
 * money went back; replaced by one over what is left when a part of it did, or when a dispute was won. The end is the same
 * whatever came first.
 * @param bound - the buyer has been bound to a referrer by the checkout of this very sale
 */
export async function settleSale(
  { query, schema }: Database,
  programId: string,
  object: string,
  recorder: Recorder,
  bound: boolean,
): Promise<void> {
  for (let mayRebind = bound; ; ) {
    const [sale] = await query<Sale>(readSale(schema), [programId, object]);
    if (!sale || sale.participant_id === null) return;
    const now = sale.conversion_minor === null ? null : Number(sale.conversion_minor);
    const isFirst = sale.version === 0;
    const wanted = isFirst ? Number(sale.minor) : counting(sale);
    const rebinds = mayRebind && sale.attributed === false && now !== 0;
    if (!isFirst && now === wanted && !rebinds) return;
    mayRebind = false;
    const counts =
      sale.conversion_id !== null && now !== 0
        ? { id: sale.conversion_id, reason: rebinds ? 'recorded anew' : 'stripe' }
        : null;
    const version = wanted === 0 ? sale.version : sale.version + 1;
    const instead = {
      program: programId,
      participant: sale.participant_id,
      event: sale.event,
      amount: { minor: wanted, currency: sale.currency },
      idempotencyKey: isFirst ? `stripe:${object}` : `stripe:${object}:${version}`,
      metadata: sale.metadata,
    };
    const recorded = await countInstead(recorder, counts, instead, sale.occurred_at).catch((error: unknown) => {
      // Nothing that Stripe could do about it by sending the event again.
      if (error instanceof LaurelProblem && ['program_archived', 'idempotency_key_reused'].includes(error.code)) {
        return undefined;
      }
      throw error;
    });
    if (recorded === undefined) return;
    await query(writeVersion(schema), [programId, object, version, recorded ?? sale.conversion_id, wanted]);
  }
}
