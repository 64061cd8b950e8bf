/**
 * SQL: the conversions of a referral that have an amount. They are found among those of its referrer; those recorded while it was
 * rejected have none.
 * @param referral - alias of a row with `id, program_id, referrer_id`
 */
export const conversionsOf = (schema: string, referral: string, columns: string) => `
  select ${columns} from ${schema}.conversion
  where conversion.program_id = ${referral}.program_id and conversion.referrer_id = ${referral}.referrer_id
    and conversion.referral_id = ${referral}.id and currency is not null
  union all
  select ${columns} from ${schema}.conversion
  where conversion.referral_id = ${referral}.id and conversion.referrer_id is null and currency is not null`;
