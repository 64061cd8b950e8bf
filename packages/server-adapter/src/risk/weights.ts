import type { Signal } from '../db/risk-tables.ts';

/** What a signal counts by itself. Of one `family` only the heaviest counts: several sides of one fact are one fact. */
export interface Weighing extends Pick<Signal, 'group' | 'severity' | 'weight'> {
  family: string;
}

const of = (
  group: Signal['group'],
  family: string,
  severity: Signal['severity'],
  weight: number,
): Readonly<Weighing> => ({ group, family, severity, weight });

/**
 * Every signal there is. `low` stays below 20 and never holds anything by itself, not even two of them; `high` begins at 40.
 * One mailbox with several accounts (`same_email`, `repeated_email`) holds in every mode: an alias costs nothing.
 * All that can follow from people sharing an address and an employer stays together below what holds in `normal`.
 */
export const weighings = {
  listed_participant: of('list', 'listed', 'high', 200),
  listed_email: of('list', 'listed', 'high', 200),
  listed_domain: of('list', 'listed', 'high', 100),
  listed_ip: of('list', 'listed', 'high', 80),
  same_email: of('person', 'mailbox', 'high', 120),
  repeated_email: of('person', 'mailbox', 'high', 80),
  similar_email: of('person', 'mailbox', 'medium', 25),
  same_name: of('person', 'name', 'medium', 35),
  similar_name: of('person', 'name', 'low', 10),
  same_domain: of('person', 'domain', 'low', 8),
  same_payment: of('person', 'payment', 'high', 60),
  same_device: of('person', 'address', 'low', 15),
  same_ip: of('person', 'address', 'low', 8),
  disposable_email: of('email', 'disposable', 'high', 40),
  fast_signup: of('timing', 'signup', 'medium', 25),
  fast_conversion: of('timing', 'conversion', 'medium', 20),
  value_20x: of('value', 'value', 'high', 50),
  value_10x: of('value', 'value', 'medium', 25),
  value_5x: of('value', 'value', 'low', 10),
  velocity_day_high: of('velocity', 'velocity', 'high', 50),
  velocity_day: of('velocity', 'velocity', 'low', 15),
  velocity_month_high: of('velocity', 'velocity', 'high', 50),
  velocity_month: of('velocity', 'velocity', 'low', 15),
  velocity_year: of('velocity', 'velocity', 'medium', 35),
  velocity_ip: of('velocity', 'ip', 'low', 8),
  datacentre_ip: of('velocity', 'datacentre', 'medium', 30),
  paid_ads: of('traffic', 'ads', 'high', 60),
  paid_ads_possible: of('traffic', 'ads', 'low', 10),
  reciprocal: of('graph', 'loop', 'high', 60),
  cycle: of('graph', 'loop', 'high', 50),
  star_burst: of('graph', 'burst', 'high', 40),
  shared_devices_many: of('graph', 'devices', 'low', 15),
  shared_devices: of('graph', 'devices', 'low', 8),
} as const satisfies Record<string, Weighing>;

/** The stable name of a signal. */
export type SignalCode = keyof typeof weighings;

/** Weights by signal code that stand instead of ours; 0 leaves a signal out. */
export type Weights = Readonly<Record<string, number>>;

/** A code among weights that is none, if there is one. */
export const unknownCode = (weights: Weights): string | undefined =>
  Object.keys(weights).find((code) => !Object.hasOwn(weighings, code));

/** Signals that need what is kept for a time only (addresses, devices and means of payment). */
export const fleeting: ReadonlySet<string> = new Set<SignalCode>([
  'listed_ip',
  'same_payment',
  'same_device',
  'same_ip',
  'velocity_ip',
  'datacentre_ip',
  'shared_devices_many',
  'shared_devices',
]);
