import type { RewardDefinition } from '../db/reward-tables.ts';
import { localDay } from './time.ts';

type Caps = RewardDefinition['caps'];

/** A reward that takes its turn for what caps leave. */
export interface Candidate {
  readonly id: string;
  readonly earnedAt: Date;
  readonly cause: string;
  readonly caps: Caps;
  /** What the rule says it is worth; `null`: it is not money. */
  readonly fullMinor: number | null;
  readonly currency: string | null;
  /** What it keeps whatever the caps say, because it was handed out; `null`: nothing. */
  readonly keeps: number | null;
}

/** How much has been given in some period: rewards, and minor units of each currency. */
export interface Tally {
  count: number;
  readonly minor: Map<string, number>;
}

/** What was given before an instant, ever and in the periods that instant falls into. */
export interface Before {
  readonly at: Date;
  readonly tallies: Readonly<Record<Period, Tally>>;
}

type Period = keyof typeof lengths;

/** How many characters of a day name the period. */
const lengths = { total: 0, year: 4, month: 7, day: 10 } as const;

const limits = [
  ['total', 'total', 'minorTotal'],
  ['year', 'perYear', 'minorPerYear'],
  ['month', 'perMonth', 'minorPerMonth'],
  ['day', 'perDay', 'minorPerDay'],
] as const;

export const emptyTally = (): Tally => ({ count: 0, minor: new Map() });

/** The order in which caps are filled: by when it was earned, then by cause. */
export function byTurn(a: Pick<Candidate, 'earnedAt' | 'cause'>, b: Pick<Candidate, 'earnedAt' | 'cause'>): number {
  return a.earnedAt.getTime() - b.earnedAt.getTime() || (a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : 0);
}

/** Whether anything is capped at all. */
export const hasCaps = (caps: Caps): boolean => Object.values(caps).some((cap) => cap !== undefined);

/**
 * What caps leave of each reward of one participant by one rule, by id: minor units, or 1 and 0 for what is not money. The
 * last one that fits is clamped; one that gets nothing takes no place.
 */
export function allocate(candidates: readonly Candidate[], timeZone: string, before?: Before): Map<string, number> {
  const tallies = new Map<string, Tally>();
  const nameOf = (period: Period, day: string) => `${period} ${day.slice(0, lengths[period])}`;
  if (before) {
    const day = localDay(before.at, timeZone);
    for (const [period, { count, minor }] of Object.entries(before.tallies) as [Period, Tally][]) {
      tallies.set(nameOf(period, day), { count, minor: new Map(minor) });
    }
  }
  const allowed = new Map<string, number>();
  for (const candidate of [...candidates].sort(byTurn)) {
    const { caps, currency } = candidate;
    const day = localDay(candidate.earnedAt, timeZone);
    const mine = limits.map(([period, count, minor]) => {
      const name = nameOf(period, day);
      const tally = tallies.get(name) ?? emptyTally();
      tallies.set(name, tally);
      return { tally, count: caps[count], minor: caps[minor] };
    });
    let amount = candidate.fullMinor ?? 1;
    for (const { tally, count, minor } of mine) {
      if (count !== undefined && tally.count >= count) amount = 0;
      if (minor !== undefined && currency !== null)
        amount = Math.min(amount, Math.max(0, minor - (tally.minor.get(currency) ?? 0)));
    }
    if (candidate.keeps !== null) amount = candidate.keeps;
    allowed.set(candidate.id, amount);
    if (amount === 0) continue;
    for (const { tally } of mine) {
      tally.count += 1;
      if (currency !== null) tally.minor.set(currency, (tally.minor.get(currency) ?? 0) + amount);
    }
  }
  return allowed;
}
