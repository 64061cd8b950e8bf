import type { Database } from '../db/database.ts';
import type { RiskMode } from '../db/risk-tables.ts';
import { canonicalEmail } from '../settlement/email.ts';
import type { DisposableQuestion } from './disposable-domains.ts';
import type { Facts } from './facts.ts';
import { type AddressesRow, addresses } from './gather/addresses.ts';
import { type PaceRow, pace } from './gather/pace.ts';
import { type PeopleRow, people } from './gather/people.ts';
import type { Typical } from './gather/typical.ts';

/** A referral with what is known of it. */
export interface Known {
  id: string;
  programId: string;
  mode: RiskMode;
  createdAt: Date;
  facts: Facts;
}

/** What gathering needs beside the database. */
export interface Sources {
  disposable(): Promise<DisposableQuestion>;
  typical(database: Database, programId: string): Promise<Typical>;
}

const since = (from: Date | null, to: Date | null) => (from && to ? Math.max(0, Number(to) - Number(from)) : null);

/** The largest amount as a multiple of what is usual, in the currency in which it is largest. */
function ratioOf(largest: Record<string, number>, { amounts }: Typical): number | null {
  const ratios = Object.entries(largest).flatMap(([currency, minor]) => {
    const usual = amounts.get(currency);
    return usual ? [minor / usual] : [];
  });
  return ratios.length > 0 ? Math.max(...ratios) : null;
}

function factsOf(
  row: PeopleRow,
  seen: AddressesRow,
  paced: PaceRow,
  typical: Typical,
  isDisposable: DisposableQuestion,
): Facts {
  const { hour, day, month, year, boughtAt, largest } = paced;
  const domain = row.refereeEmail === null ? undefined : row.refereeDomains[0];
  return {
    referrer: {
      email: row.referrerEmail && canonicalEmail(row.referrerEmail),
      names: row.referrerNames,
      domains: row.referrerDomains,
    },
    referee: {
      email: row.refereeEmail && canonicalEmail(row.refereeEmail),
      names: row.refereeNames,
      domains: row.refereeDomains,
    },
    listed: seen.listedIp ? [...row.listed, { kind: 'ip', side: 'referee' }] : row.listed,
    sameMailbox: row.sameMailbox,
    repeatedMailbox: row.repeatedMailbox,
    domainSizes: row.domainSizes,
    disposable: domain !== undefined && isDisposable(domain),
    sameIp: seen.sameIp,
    sameDevice: seen.sameDevice,
    samePayment: seen.samePayment,
    datacentre: seen.datacentre,
    ipSignups: seen.ipSignups,
    devicePeers: seen.devicePeers,
    clickToSignup: since(row.clickedAt, row.createdAt),
    signupToConversion: since(row.createdAt, boughtAt),
    typical,
    valueRatio: ratioOf(largest, typical),
    signups: { hour, day, month, year },
    landingUrl: row.landingUrl,
    paidAdsAllowed: row.paidAdsAllowed,
    reciprocal: row.circle === 2,
    cycle: row.circle !== null && row.circle > 2 ? row.circle : null,
  };
}

/** What is known of referrals: a handful of statements for all of them, each bounded however much a referrer has brought. */
export async function gather(
  database: Database,
  referrals: readonly string[],
  { disposable, typical }: Sources,
  now: Date | null,
): Promise<Known[]> {
  const { schema } = database;
  const rows = await database.query<PeopleRow>(people(schema), [referrals]);
  const seen = new Map(
    (await database.query<AddressesRow>(addresses(schema), [referrals, now])).map((row) => [row.id, row]),
  );
  const paced = new Map((await database.query<PaceRow>(pace(schema), [referrals])).map((row) => [row.id, row]));
  const usual = new Map<string, Typical>();
  for (const { programId } of rows) {
    if (!usual.has(programId)) usual.set(programId, await typical(database, programId));
  }
  const isDisposable = await disposable();
  return rows.map((row) => ({
    id: row.id,
    programId: row.programId,
    mode: row.mode,
    createdAt: row.createdAt,
    facts: factsOf(
      row,
      seen.get(row.id) as AddressesRow,
      paced.get(row.id) as PaceRow,
      usual.get(row.programId) as Typical,
      isDisposable,
    ),
  }));
}
