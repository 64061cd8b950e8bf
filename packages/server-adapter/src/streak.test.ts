import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, instantAt, leastOffset, localDay } from './curriculum/zoned-time.ts';
import { type Granted, type Learnt, streakOf } from './streak.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Something learnt at an instant, by the clock of a zone. */
interface Lesson {
  at: number;
  zone: string;
}

const lesson = (local: string, zone: string): Lesson => ({ at: instantAt(local, zone).getTime(), zone });

/** What is kept of lessons: a row a local day. */
function daysOf(lessons: readonly Lesson[]): Learnt[] {
  const days = new Map<string, Learnt>();
  for (const { at, zone } of lessons) {
    const name = localDay(new Date(at), zone);
    const { firstAt = at, lastAt = at, offsets = [] } = days.get(name) ?? {};
    days.set(name, {
      ...{ from: name, to: name, firstAt: Math.min(firstAt, at), lastAt: Math.max(lastAt, at) },
      offsets: [Math.min(...offsets.flatMap((each) => each ?? []), leastOffset(at, zone))],
    });
  }
  return [...days.values()];
}

const read = (lessons: readonly Lesson[], now: Lesson, granted: readonly Granted[] = []) =>
  streakOf({ learnt: daysOf(lessons), granted, today: localDay(new Date(now.at), now.zone), now: now.at });

/** One lesson a day at a local time, on so many days from `first` on. */
const daily = (first: string, days: number, time: string, zone: string) =>
  Array.from({ length: days }, (_, index) => lesson(`${addDays(first, index)}T${time}:00`, zone));

describe('a streak', () => {
  it('is nothing before the first lesson', () => {
    expect(read([], lesson('2026-03-10T12:00:00', 'UTC'))).toEqual({
      ...{ current: 0, longest: 0, today: false, freezes: 0, days: [] },
    });
  });

  it('is not broken by today, which is still to come', () => {
    const lessons = daily('2026-03-01', 9, '18:00', 'Europe/Lisbon');
    const now = lesson('2026-03-10T23:59:00', 'Europe/Lisbon');
    expect(read(lessons, now)).toMatchObject({ current: 9, today: false });
    expect(read(lessons, { ...now, at: now.at + 1 * day })).toMatchObject({ current: 0, longest: 9 });
  });

  it('goes on over both changes of the clocks, at any hour (HabitRPG#6103)', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago']) {
      for (const time of ['00:00', '00:30', '01:59', '02:30', '03:00', '23:59']) {
        const lessons = daily('2026-01-01', 365, time, zone);
        expect(read(lessons, lesson('2026-12-31T23:59:59', zone)).current).toBe(365);
      }
    }
  });

  it('of an evening learner far west of Greenwich is made of their own days (dailydotdev#1464)', () => {
    // By UTC all of these are on the next day, and the last two on one day.
    const zone = 'America/Los_Angeles';
    const lessons = [...daily('2026-03-01', 9, '23:00', zone), lesson('2026-03-10T00:30:00', zone)];
    expect(read(lessons, lesson('2026-03-10T08:00:00', zone))).toMatchObject({ current: 10, today: true });
    const missed = lessons.filter(({ at }) => localDay(new Date(at), zone) !== '2026-03-05');
    expect(read(missed, lesson('2026-03-10T08:00:00', zone)).current).toBe(5);
  });

  it('does not end at midnight UTC (neetcode#5987)', () => {
    const zone = 'Asia/Kolkata';
    const lessons = daily('2026-03-01', 3, '09:00', zone);
    // At 05:30 in India the day of UTC begins.
    for (const time of ['00:01', '05:29', '05:31', '23:59']) {
      expect(read(lessons, lesson(`2026-03-04T${time}:00`, zone)).current).toBe(3);
    }
    expect(read(lessons, lesson('2026-03-05T00:01:00', zone)).current).toBe(0);
  });

  it('goes on over a date that was flown over, going west over the date line', () => {
    // Out of Honolulu on Sunday evening, in Kiritimati it is Tuesday.
    const lessons = [
      ...daily('2026-03-01', 8, '20:00', 'Pacific/Honolulu'),
      ...daily('2026-03-10', 2, '08:00', 'Pacific/Kiritimati'),
    ];
    const streak = read(lessons, lesson('2026-03-11T12:00:00', 'Pacific/Kiritimati'));
    expect(streak).toMatchObject({ current: 10, today: true });
    expect(streak.days.filter(({ kind }) => kind === 'skipped')).toEqual([{ day: '2026-03-09', kind: 'skipped' }]);
    // Just landed, and nothing learnt yet: it is not over.
    const landed = lesson('2026-03-10T08:00:00', 'Pacific/Kiritimati');
    expect(read(lessons.slice(0, 8), landed)).toMatchObject({ current: 8, today: false });
  });

  it('goes on over a date that was flown over by who learns in the morning before and in the evening after', () => {
    // 36 hours; by the clock of Honolulu the second is on Monday evening.
    const flown = [
      lesson('2026-03-08T08:00:00', 'Pacific/Honolulu'),
      lesson('2026-03-10T20:00:00', 'Pacific/Kiritimati'),
    ];
    const now = lesson('2026-03-10T21:00:00', 'Pacific/Kiritimati');
    expect(read(flown, now)).toMatchObject({ current: 2, days: [{}, { day: '2026-03-09', kind: 'skipped' }, {}] });
    const stayed = flown.map(({ at }) => ({ at, zone: 'Pacific/Honolulu' }));
    expect(read(stayed, { ...now, zone: 'Pacific/Honolulu' }).current).toBe(2);
    // A day more, and who stayed has lost it too.
    const late = [flown[0] as Lesson, lesson('2026-03-11T20:00:00', 'Pacific/Kiritimati')];
    expect(read(late, lesson('2026-03-11T21:00:00', 'Pacific/Kiritimati')).current).toBe(1);
  });

  it('goes by 24 hours where nothing is known of the place, as of days from before it was kept', () => {
    const source = { granted: [], today: '2026-03-10', now: Date.UTC(2026, 2, 10, 8) };
    const learnt = (from: string, at: number) => ({ from, to: from, firstAt: at, lastAt: at, offsets: [null] });
    const until = (at: number) =>
      streakOf({ ...source, learnt: [learnt('2026-03-08', Date.UTC(2026, 2, 9, 6)), learnt('2026-03-10', at)] })
        .current;
    expect([until(Date.UTC(2026, 2, 10, 5, 59)), until(Date.UTC(2026, 2, 10, 6))]).toEqual([2, 1]);
  });

  it('goes on over a date that comes twice, going east over the date line', () => {
    const lessons = [
      ...daily('2026-03-01', 8, '20:00', 'Pacific/Kiritimati'),
      ...daily('2026-03-08', 2, '20:00', 'Pacific/Honolulu'),
    ];
    expect(read(lessons, lesson('2026-03-09T21:00:00', 'Pacific/Honolulu'))).toMatchObject({ current: 9, today: true });
    // Learnt "tomorrow" already, and read where it is still today.
    const early = read(lessons.slice(0, 8), lesson('2026-03-07T21:00:00', 'Pacific/Honolulu'));
    expect([early.current, early.days.at(-1)]).toEqual([8, { day: '2026-03-08', kind: 'learnt' }]);
  });

  it('goes on over the day that Samoa left out', () => {
    const lessons = [lesson('2011-12-29T20:00:00', 'Pacific/Apia'), lesson('2011-12-31T08:00:00', 'Pacific/Apia')];
    expect(read(lessons, lesson('2011-12-31T09:00:00', 'Pacific/Apia')).current).toBe(2);
    const apart = [lesson('2011-12-29T08:00:00', 'Pacific/Apia'), lesson('2011-12-31T20:00:00', 'Pacific/Apia')];
    expect(read(apart, lesson('2011-12-31T21:00:00', 'Pacific/Apia')).current).toBe(2);
  });

  it('ends with a day without learning at home', () => {
    const lessons = [lesson('2026-03-01T23:00:00', 'Asia/Tokyo'), lesson('2026-03-03T00:30:00', 'Asia/Tokyo')];
    expect(read(lessons, lesson('2026-03-03T12:00:00', 'Asia/Tokyo')).current).toBe(1);
  });

  describe('with freezes', () => {
    const zone = 'Europe/Madrid';
    const at = (date: string) => lesson(`${date}T12:00:00`, zone);
    const on = (...dates: string[]) => dates.map((date) => at(`2026-03-${date}`));
    const kinds = (streak: ReturnType<typeof read>) => streak.days.map(({ day, kind }) => `${day.slice(8)} ${kind}`);

    it('has its oldest gap saved first, and counts what is saved', () => {
      const streak = read(on('01', '03', '06'), at('2026-03-06'), [{ day: '2026-03-01', freezes: 2 }]);
      expect(kinds(streak)).toEqual(['01 learnt', '02 frozen', '03 learnt', '04 frozen', '06 learnt']);
      expect(streak).toMatchObject({ current: 1, longest: 4, freezes: 0 });
    });

    it('has nothing saved before the day they are given from', () => {
      const granted = [{ day: '2026-03-05', freezes: 2 }];
      expect(read(on('01', '03', '04'), at('2026-03-06'), granted)).toMatchObject({ current: 3, freezes: 1 });
      expect(read(on('01', '03', '04'), at('2026-03-06'), [])).toMatchObject({ current: 0, longest: 2 });
    });

    it('is recomputed when a device brings an old day later', () => {
      const granted = [{ day: '2026-03-01', freezes: 1 }];
      const before = read(on('01', '02', '04', '06'), at('2026-03-06'), granted);
      expect(before).toMatchObject({ current: 1, longest: 4, freezes: 0 });
      const after = read(on('01', '02', '03', '04', '06'), at('2026-03-06'), granted);
      expect(after).toMatchObject({ current: 6, longest: 6, freezes: 0 });
    });

    it('saves no more than there are, and none while there is nothing to save', () => {
      const granted = [{ day: '2026-01-01', freezes: 3 }];
      expect(read(on('10'), at('2026-03-10'), granted).freezes).toBe(3);
      expect(read(on('10'), at('2026-03-20'), granted)).toMatchObject({ current: 0, longest: 4, freezes: 0 });
    });
  });
});

const zones = [
  ...['UTC', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu', 'Pacific/Pago_Pago'],
  ...['Pacific/Kiritimati', 'Pacific/Apia', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Asia/Tokyo', 'Asia/Kolkata'],
  ...['Asia/Kathmandu', 'Africa/Casablanca', 'America/St_Johns', 'America/Santiago', 'Etc/GMT+12', 'Pacific/Chatham'],
];
const aZone = fc.constantFrom(...zones);
const start = Date.UTC(2026, 0, 1);

describe('any streak', () => {
  it('of somebody who learns within 24 hours, wherever they fly, is never broken (10,000 journeys)', () => {
    const step = fc.record({ after: fc.integer({ min: 1, max: day - 1 }), zone: aZone });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), aZone, (steps, home) => {
        const lessons: Lesson[] = [{ at: start, zone: home }];
        for (const { after, zone } of steps) lessons.push({ at: (lessons.at(-1)?.at ?? start) + after, zone });
        const streak = read(lessons, lessons.at(-1) as Lesson);
        const days = new Set(lessons.map((each) => localDay(new Date(each.at), each.zone))).size;
        expect(streak).toMatchObject({ current: days, longest: days, today: true });
      }),
      { numRuns: 10_000 },
    );
  });

  it('of somebody who learns on each day of wherever they are is never lost (10,000 journeys)', () => {
    const step = fc.record({ hour: fc.integer({ min: 0, max: 47 }), zone: aZone });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), aZone, (steps, home) => {
        const lessons: Lesson[] = [{ at: start, zone: home }];
        for (const { hour: hours, zone } of steps) {
          const { at: last, zone: there } = lessons.at(-1) as Lesson;
          const today = localDay(new Date(last), there);
          const at = instantAt(
            `${addDays(today, Math.floor(hours / 24))}T${String(hours % 24).padStart(2, '0')}:30:00`,
            there,
          );
          // Later today or tomorrow by the clock of the place before; they may be anywhere by then.
          if (at.getTime() > last) lessons.push({ at: at.getTime(), zone });
        }
        const streak = read(lessons, lessons.at(-1) as Lesson);
        const days = new Set(lessons.map((each) => localDay(new Date(each.at), each.zone))).size;
        expect(streak).toMatchObject({ current: days, longest: days, today: true });
      }),
      { numRuns: 10_000 },
    );
  });

  it('of somebody who leaves out a whole day where they are is lost, wherever they were before', () => {
    const hours = fc.integer({ min: 1, max: 22 });
    const clock = (hour: number) => `${String(hour).padStart(2, '0')}:30:00`;
    fc.assert(
      fc.property(aZone, aZone, fc.nat(300), hours, hours, (before, zone, first, one, other) => {
        const date = (index: number) => addDays('2026-01-05', first + index);
        const lessons = [
          ...daily(date(-3), 2, '12:00', before),
          lesson(`${date(0)}T${clock(one)}`, zone),
          lesson(`${date(2)}T${clock(other)}`, zone),
        ];
        expect(read(lessons, lesson(`${date(2)}T23:30:00`, zone)).current).toBe(1);
      }),
      { numRuns: 3000 },
    );
  });

  it('of somebody who stays is the run of dates up to today or yesterday, and no more', () => {
    const hours = fc.integer({ min: 6, max: 21 });
    const stay = fc.array(fc.option(hours, { nil: null }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(stay, aZone, (days, zone) => {
        const date = (index: number) => addDays('2026-02-15', index);
        const clock = (hours: number) => `${String(hours).padStart(2, '0')}:00:00`;
        const lessons = days.flatMap((at, index) => (at === null ? [] : [lesson(`${date(index)}T${clock(at)}`, zone)]));
        const streak = read(lessons, lesson(`${date(days.length - 1)}T22:00:00`, zone));
        const fromToday = [...days].reverse();
        const past = fromToday[0] === null ? fromToday.slice(1) : fromToday;
        const broken = past.indexOf(null);
        expect(streak.current).toBe(broken === -1 ? past.length : broken);
        const runs = days.map((at) => (at === null ? ' ' : 'x')).join('');
        expect(streak.longest).toBe(Math.max(0, ...runs.split(' ').map(({ length }) => length)));
      }),
      { numRuns: 1000 },
    );
  });

  const lessons = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 60 * 24 }).map((hours) => start + hours * hour), zone: aZone }),
    { minLength: 1, maxLength: 60 },
  );
  const grants = fc.array(
    fc.record({
      day: fc.integer({ min: -3, max: 60 }).map((days) => addDays('2026-01-01', days)),
      freezes: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 4 },
  );
  const now: Lesson = { at: start + 61 * day, zone: 'UTC' };

  it('does not depend on order or repetition', () => {
    const orders = lessons.chain((each) =>
      fc.tuple(
        fc.constant(each),
        fc.shuffledSubarray([...each, ...each], { minLength: each.length * 2, maxLength: each.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(orders, grants, ([inOrder, shuffled], granted) => {
        const expected = read(inOrder, now, granted);
        expect(read(shuffled, now, [...granted].reverse())).toEqual(expected);
        const days = daysOf(inOrder);
        const source = { granted, today: localDay(new Date(now.at), now.zone), now: now.at };
        expect(streakOf({ ...source, learnt: [...days, ...days.toReversed()] })).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same from single days and from days that follow each other as one', () => {
    fc.assert(
      fc.property(lessons, grants, (each, granted) => {
        const source = { granted, today: localDay(new Date(now.at), now.zone), now: now.at };
        const days = daysOf(each).sort((a, b) => a.from.localeCompare(b.from));
        const stretches: Learnt[] = [];
        for (const { from, firstAt, lastAt, offsets } of days) {
          const before = stretches.at(-1);
          if (before && addDays(before.to, 1) === from) {
            before.to = from;
            before.firstAt = Math.min(before.firstAt, firstAt);
            before.lastAt = Math.max(before.lastAt, lastAt);
            before.offsets = [...offsets, before.offsets[0] ?? null];
          } else stretches.push({ from, to: from, firstAt, lastAt, offsets });
        }
        expect(streakOf({ ...source, learnt: stretches })).toEqual(streakOf({ ...source, learnt: days }));
      }),
      { numRuns: 1000 },
    );
  });

  it('never gets shorter by another lesson, nor by more freezes from the start', () => {
    const early = fc.integer({ min: 0, max: 10 }).map((freezes) => ({ day: '2025-12-01', freezes }));
    fc.assert(
      fc.property(lessons, lessons, early, (some, more, granted) => {
        const bare = read(some, now);
        const fuller = read([...some, ...more], now);
        expect(fuller.current).toBeGreaterThanOrEqual(bare.current);
        expect(fuller.longest).toBeGreaterThanOrEqual(bare.longest);
        const frozen = read(some, now, [granted]);
        const frozenMore = read(some, now, [granted, { day: '2025-12-01', freezes: 1 }]);
        expect(frozenMore.current).toBeGreaterThanOrEqual(frozen.current);
        expect(frozenMore.longest).toBeGreaterThanOrEqual(frozen.longest);
      }),
      { numRuns: 2000 },
    );
  });

  it('spends no freeze that was not given, and shows at most five weeks', () => {
    fc.assert(
      fc.property(lessons, grants, (each, granted) => {
        const { current, longest, freezes, days } = read(each, now, granted);
        const all = granted.reduce((sum, grant) => sum + grant.freezes, 0);
        expect(freezes).toBeGreaterThanOrEqual(0);
        expect(freezes + days.filter(({ kind }) => kind === 'frozen').length).toBeLessThanOrEqual(all);
        expect(current).toBeLessThanOrEqual(longest);
        expect(days.length).toBeLessThanOrEqual(35);
        expect(new Set(days.map((each) => each.day)).size).toBe(days.length);
      }),
      { numRuns: 2000 },
    );
  });
});
