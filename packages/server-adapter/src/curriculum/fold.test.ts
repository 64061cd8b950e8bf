import { union } from '@laurelkit/sdk/progress';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { claimedBy, foldEvents, type KeptEvent, lastOf } from './fold.ts';

const start = Date.UTC(2026, 2, 1);
const kinds = ['viewed', 'spent', 'watched', 'position', 'checked', 'scored', 'submitted', 'signed_off', 'happened'];

/** An event of a device whose clock is some minutes off, of some lesson. */
const anEvent: fc.Arbitrary<KeptEvent> = fc
  .record({
    id: fc.uuid(),
    lesson: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom(...kinds, 'credited'),
    at: fc.nat(600_000),
    skew: fc.integer({ min: -300_000, max: 300_000 }),
    long: fc.nat(60_000),
    segments: fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: 100, max: 3_000 })), { maxLength: 4 }),
    score: fc.nat(100),
    name: fc.constantFrom('seen', 'met', 'called'),
    suspect: fc.boolean(),
    device: fc.constantFrom('phone', 'desk'),
  })
  .map(({ at, skew, long, segments, score, name, ...event }) => {
    const occurredAt = start + at + skew;
    const timed = event.kind === 'spent' || event.kind === 'watched';
    return {
      ...event,
      occurredAt,
      receivedAt: start + 900_000,
      timeZone: 'UTC',
      day: '2026-03-01',
      spent: timed && long > 0 ? [occurredAt - long, occurredAt] : null,
      watched: event.kind === 'watched' ? union(segments.map(([from, more]) => [from, from + more] as const)) : [],
      rate: null,
      positionMs: event.kind === 'position' ? score : null,
      score: event.kind === 'scored' ? score : null,
      name: event.kind === 'happened' ? name : null,
      actor: 'participant',
    };
  });

const aHistory = fc.uniqueArray(anEvent, { maxLength: 12, selector: ({ id }) => id });

const said = (events: readonly KeptEvent[]) => ({
  lessons: Object.fromEntries([...foldEvents(events)].sort(([a], [b]) => (a < b ? -1 : 1))),
  last: lastOf(events),
});

it('folds 10,000 histories to the same, in whatever order, however often and over whatever devices they come', () => {
  fc.assert(
    fc.property(
      aHistory.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(events, { minLength: events.length }),
          fc.shuffledSubarray(events),
        ),
      ),
      ([events, shuffled, repeated]) => {
        expect(said([...shuffled, ...repeated])).toEqual(said(events));
      },
    ),
    { numRuns: 10_000 },
  );
});

it('grows with every event, and never by one that was there', () => {
  fc.assert(
    fc.property(aHistory, anEvent, (events, more) => {
      const before = foldEvents(events);
      const after = foldEvents([...events, more]);
      for (const [lesson, state] of before) {
        const later = after.get(lesson);
        expect(claimedBy([{ watched: later?.watched ?? [] }])).toBeGreaterThanOrEqual(claimedBy([state]));
        expect(later?.score ?? -1).toBeGreaterThanOrEqual(state.score ?? -1);
        expect(later?.happened).toEqual(expect.arrayContaining([...state.happened]));
        for (const part of ['viewedAt', 'submittedAt', 'checkedAt', 'signedOffAt', 'creditedAt'] as const) {
          if (state[part] !== null) expect(later?.[part]).toBeLessThanOrEqual(state[part] as number);
        }
      }
      expect(said([...events, more, ...events])).toEqual(said([...events, more]));
    }),
    { numRuns: 1_000 },
  );
});
