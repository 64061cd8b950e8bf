import type { Streak as StreakSchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';

/** A run of days in a row, as the contract answers it. */
export type Streak = z.output<typeof StreakSchema>;

/** Local days one after another on each of which somebody learnt; a single day begins and ends a stretch. */
export interface Learnt {
  from: string;
  to: string;
  /** The first and the last instant of learning in it, in milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
  /**
   * The least that a clock they learnt by is ahead of UTC, in minutes: on its last day, and on the one before, since whoever
   * flies back over the date line learns on that later. `null` where it is not known.
   */
  offsets: readonly (number | null)[];
}

/** Freezes given to a learner: they save days from `day` on. */
export interface Granted {
  day: string;
  freezes: number;
}

/** All that decides a streak. The order of what was learnt and granted, and repetition of days, do not matter. */
export interface StreakSource {
  learnt: readonly Learnt[];
  granted: readonly Granted[];
  /** The learner's local day now. */
  today: string;
  /** Milliseconds since 1970. */
  now: number;
}

interface Stretch {
  /** Days since 1970. */
  from: number;
  to: number;
  firstAt: number;
  lastAt: number;
  offsets: readonly (number | null)[];
}

const dayMilliseconds = 86_400_000;
const shownDays = 35;

const numberOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;
const dayOf = (number: number) => new Date(number * dayMilliseconds).toISOString().slice(0, 10);

/**
 * The streak of a learner: days in a row on which they learnt.
 *
 * A day without learning takes a freeze and counts as frozen, the oldest first; without one the streak ends. Days that the
 * learner's clock jumped over, as at the date line, are skipped: they neither end a streak nor count. It jumped where what they
 * learnt next is, by the clock they learnt by before, no later than the next day: whoever stayed there and learnt at the same
 * instants left nothing out. A day that is shortened in spring may be forgiven by that. Today ends nothing, it is still to come.
 */
export function streakOf({ learnt, granted, today, now }: StreakSource): Streak {
  const stretches = inOrder(learnt);
  const upToNow = numberOf(today);
  const grants = granted.map(({ day, freezes }) => ({ day: numberOf(day), freezes }));
  const grantedBy = (day: number) => grants.reduce((sum, grant) => sum + (grant.day <= day ? grant.freezes : 0), 0);
  const saved = new Map<number, 'frozen' | 'skipped'>();
  let spent = 0;
  let current = 0;
  let longest = 0;
  const count = (days: number) => {
    current += days;
    longest = Math.max(longest, current);
  };

  /** When they learnt next after each stretch. Whoever flies back over the date line learns on an earlier day later. */
  const after = stretches.map(() => now);
  for (let index = stretches.length - 2; index >= 0; index--) {
    after[index] = Math.min(after[index + 1] as number, (stretches[index + 1] as Stretch).firstAt);
  }

  for (const [index, stretch] of stretches.entries()) {
    const { from, to } = stretch;
    count(to - from + 1);
    const next = stretches[index + 1]?.from ?? upToNow;
    const skipped = seenFrom(stretch, after[index] as number) <= to + 1;
    for (let day = to + 1; day < next; day++) {
      if (skipped) {
        saved.set(day, 'skipped');
      } else if (grantedBy(day) > spent) {
        spent++;
        saved.set(day, 'frozen');
        count(1);
      } else {
        current = 0;
        break;
      }
    }
  }

  // Whoever flew east over the date line has learnt tomorrow already.
  const last = Math.max(upToNow, stretches.at(-1)?.to ?? upToNow);
  const isLearnt = (day: number) => stretches.some(({ from, to }) => from <= day && day <= to);
  const days: Streak['days'] = [];
  for (let day = last - shownDays + 1; day <= last; day++) {
    const kind = isLearnt(day) ? 'learnt' : saved.get(day);
    if (kind) days.push({ day: dayOf(day), kind });
  }
  return { current, longest, today: isLearnt(upToNow), freezes: grantedBy(last) - spent, days };
}

/** The day that an instant is on where they last learnt. Where that is not known, the next day lasts for 24 hours. */
function seenFrom({ to, lastAt, offsets }: Stretch, instant: number): number {
  const offset = least(offsets);
  return offset === null
    ? to + Math.floor((instant - lastAt) / dayMilliseconds) + 1
    : Math.floor((instant + offset * 60_000) / dayMilliseconds);
}

const least = (offsets: readonly (number | null)[]): number | null => {
  const known = offsets.filter((each) => each !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** Stretches by their days; what overlaps or touches is one. */
function inOrder(learnt: readonly Learnt[]): Stretch[] {
  const sorted = learnt
    .map(({ from, to, ...rest }) => ({ ...rest, from: numberOf(from), to: numberOf(to) }))
    .sort((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const each of sorted) {
    const before = joined.at(-1);
    if (!before || each.from > before.to + 1) {
      joined.push(each);
      continue;
    }
    const to = Math.max(before.to, each.to);
    before.offsets = [to, to - 1].map((day) => least([before, each].map((one) => one.offsets[one.to - day] ?? null)));
    before.to = to;
    before.firstAt = Math.min(before.firstAt, each.firstAt);
    before.lastAt = Math.max(before.lastAt, each.lastAt);
  }
  return joined;
}
