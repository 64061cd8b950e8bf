import type { Program } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Row } from '../db/references.ts';

/** Fields of a programme that are columns as they are. */
const columns = {
  name: 'name',
  headline: 'headline',
  landingUrl: 'landing_url',
  landingOrigins: 'landing_origins',
  urlParameters: 'url_parameters',
  legalClass: 'legal_class',
  qualifyingEvents: 'qualifying_events',
  holdDays: 'hold_days',
  timeZone: 'time_zone',
  riskMode: 'risk_mode',
  paidAdsAllowed: 'paid_ads_allowed',
  refereeOffer: 'referee_offer',
  joining: 'joining',
  consentText: 'consent_text',
  termsUrl: 'terms_url',
  cookieDomain: 'cookie_domain',
} as const satisfies Partial<Record<keyof z.output<typeof Program>, keyof Row<'program'>>>;

type Field = keyof typeof columns;

/** What of a programme may be given; what is left out stays. */
export type ProgramInput = { [Name in Field]?: z.output<typeof Program>[Name] | undefined } & {
  attribution?:
    | {
        model?: 'first' | 'last' | undefined;
        windowDays?: number | undefined;
        creditWindowDays?: number | null | undefined;
      }
    | undefined;
};

/** The columns of the fields given. */
export function columnsOf(input: ProgramInput): Partial<Row<'program'>> {
  const { model, windowDays, creditWindowDays } = input.attribution ?? {};
  const plain = Object.entries(columns).map(([field, column]) => [column, input[field as Field]]);
  const attribution = [
    ['attribution_model', model],
    ['window_days', windowDays],
    ['credit_window_days', creditWindowDays],
  ];
  return Object.fromEntries([...plain, ...attribution].filter(([, value]) => value !== undefined));
}

/** A programme as the API shows it. */
export function programAnswer(row: Row<'program'>): z.output<typeof Program> {
  const plain = Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, row[column]]));
  return {
    ...(plain as Pick<z.output<typeof Program>, Field>),
    id: row.id,
    slug: row.slug,
    attribution: {
      model: row.attribution_model,
      windowDays: row.window_days,
      creditWindowDays: row.credit_window_days,
    },
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The same without what would tell how to get past the checks. */
export const publicProgram = ({
  riskMode,
  paidAdsAllowed,
  ...rest
}: z.output<typeof Program>): z.output<typeof Program> => rest;
