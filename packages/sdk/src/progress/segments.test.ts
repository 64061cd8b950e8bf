import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMedium, type Deed } from '../../test/medium.ts';
import { covered, gapsWithin, type Interval, lengthOf, union } from './intervals.ts';
import { type Claim, createSegments, type Sample } from './segments.ts';

const lengthMs = 120_000;
const sampleMs = 200;

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 9000 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('play' as const, 'pause' as const, 'stall' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('seek' as const), to: fc.integer({ min: 0, max: lengthMs }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rate' as const), rate: fc.constantFrom(0.5, 1, 1.25, 2, 3) }) },
);

/** A history, with what the browser makes of it: how late timers are, how far off positions are, when it is claimed. */
const history = fc.record({
  deeds: fc.array(deed, { minLength: 1, maxLength: 40 }),
  // A page out of sight is looked at once a second, or once a minute.
  late: fc.array(fc.constantFrom(0, 0, 20, 60, 800, 60_000), { minLength: 1, maxLength: 8 }),
  errors: fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 8 }),
  claimEvery: fc.integer({ min: 1, max: 60 }),
});

function live({ deeds, late, errors, claimEvery }: typeof history extends fc.Arbitrary<infer H> ? H : never) {
  const medium = createMedium(lengthMs);
  const segments = createSegments({ lengthMs });
  const claims: Claim[] = [];
  let looks = 0;
  let closings = 1;
  medium.act({ do: 'play' });
  const look = (jumped = false) => {
    looks += 1;
    segments.add(medium.sample(errors[looks % errors.length], jumped));
    const claim = looks % claimEvery === 0 ? segments.take() : undefined;
    if (claim) claims.push(claim);
  };
  look();
  for (const each of deeds) {
    if (each.do === 'wait') {
      for (let left = each.ms; left > 0; ) {
        const step = Math.min(left, sampleMs + (late[looks % late.length] ?? 0));
        medium.pass(step);
        left -= step;
        look();
      }
      continue;
    }
    closings += 1;
    // A jump is heard of after it was made; the others are looked at as they happen.
    const jumped = medium.act(each);
    look(jumped);
    if (jumped) look();
  }
  for (let claim = segments.take(); claim; claim = segments.take()) claims.push(claim);
  return { claims, reported: union(...claims.map((claim) => claim.segments)), played: medium.played, closings };
}

describe('what is claimed of a medium', () => {
  test('is what was played, within the look of a clock, whatever somebody does with it', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { reported, played, closings } = live(given);
        const wide = union(played.map(([from, to]): Interval => [from - 13, to + 13]));
        for (const [from, to] of reported) {
          // Its end may be taken to be a little further off.
          expect(covered(wide, [from, to])).toBeGreaterThanOrEqual(to - from - (to === lengthMs ? 1000 : 0));
        }
        // Each closing and each odd look costs at most a few hundredths of a second here, as looks are at each deed.
        expect(lengthOf(played) - lengthOf(reported)).toBeLessThanOrEqual(closings * 80);
      }),
      { numRuns: 2000 },
    );
  });

  test('never takes more than its wall time allows', () => {
    fc.assert(
      fc.property(history, (given) => {
        for (const { segments, from, to, rate } of live(given).claims) {
          expect(segments.every(([start, end]) => Number.isInteger(start) && start < end && end <= lengthMs)).toBe(
            true,
          );
          expect(lengthOf(segments)).toBeLessThanOrEqual(((to - from) * rate) / 100 + 2000);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('looked at only now and then, it never has what was not played', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), fc.integer({ min: 50, max: 3000 }), (deeds, every) => {
        const medium = createMedium(lengthMs);
        const segments = createSegments({ lengthMs });
        medium.act({ do: 'play' });
        let next = every;
        for (const each of deeds) {
          if (each.do !== 'wait') segments.add(medium.sample(0, medium.act(each)));
          else {
            for (let left = each.ms; left > 0; ) {
              const step = Math.min(left, next);
              medium.pass(step);
              left -= step;
              next -= step;
              if (next > 0) continue;
              next = every;
              segments.add(medium.sample());
            }
          }
        }
        const claim = segments.take();
        const beyond = claim?.segments.flatMap((stretch) => gapsWithin(medium.played, stretch)) ?? [];
        expect(lengthOf(beyond.filter(([, to]) => to < lengthMs))).toBeLessThanOrEqual(
          2 * (claim?.segments.length ?? 0),
        );
      }),
      { numRuns: 500 },
    );
  });

  const sample = (at: number, media: number, more: Partial<Sample> = {}): Sample => ({
    ...{ at, media, playing: true, rate: 1 },
    ...more,
  });
  const claimed = (...samples: Sample[]) => {
    const segments = createSegments({ lengthMs: 10_000 });
    for (const each of samples) segments.add(each);
    return segments.take();
  };

  test('a jump nobody told of is one where the clock does not allow it', () => {
    expect(claimed(sample(0, 0), sample(200, 200), sample(400, 5000), sample(600, 5200))?.segments).toEqual([
      [0, 200],
      [5000, 5200],
    ]);
  });

  test('having waited for data does not let it jump', () => {
    const claim = claimed(sample(0, 0), sample(5000, 500), sample(10_000, 1000), sample(10_200, 6000));
    expect(claim?.segments).toEqual([[0, 1000]]);
  });

  test('small steps beyond the clock do not add up', () => {
    const samples = Array.from({ length: 40 }, (_, index) => sample(index * 100, index * 250));
    const claim = claimed(...samples);
    expect(lengthOf(claim?.segments ?? [])).toBeLessThan(10_000 - 1000);
  });

  test('twice as fast, with the rate in hundredths and the time by the clock', () => {
    expect(claimed(sample(1000, 0, { rate: 2 }), sample(2000, 2000, { rate: 2 }))).toEqual({
      ...{ segments: [[0, 2000]], from: 1000, to: 2000, rate: 200 },
    });
  });

  test('to its end, though the file is a little shorter than its author says', () => {
    const end = { playing: false, ended: true };
    expect(claimed(sample(0, 8000), sample(1600, 9600, end))?.segments).toEqual([[8000, 10_000]]);
    expect(claimed(sample(0, 3000), sample(1000, 4000, end))?.segments).toEqual([[3000, 4000]]);
  });

  test('more stretches than an event takes are claimed one after the other', () => {
    const segments = createSegments({ lengthMs: 10_000_000 });
    for (let index = 0; index < 450; index++) {
      segments.add(sample(index * 1000, index * 5000));
      segments.add(sample(index * 1000 + 500, index * 5000 + 500, { playing: false }));
    }
    const counts = [segments.take(), segments.take(), segments.take(), segments.take()].map(
      (each) => each?.segments.length,
    );
    expect(counts).toEqual([200, 200, 50, undefined]);
  });

  test('what was claimed is not claimed again, and goes on without a gap', () => {
    const segments = createSegments({ lengthMs: 10_000 });
    segments.add(sample(0, 0));
    segments.add(sample(333.3, 333.3));
    const first = segments.take();
    segments.add(sample(666.7, 666.7));
    expect([first?.segments, segments.take()?.segments, segments.take()]).toEqual([
      [[0, 333]],
      [[333, 667]],
      undefined,
    ]);
  });
});
