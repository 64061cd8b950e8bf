import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { createSeats, type LiveLimits } from './live-seats.ts';

const ada: Caller = { kind: 'participant', id: 'ada', session: false };
const bob: Caller = { kind: 'participant', id: 'bob', session: true };
const page: Caller = { kind: 'publishable', key: 'pk' };
const refused = expect.objectContaining({ code: 'too_many_requests', retryAfter: expect.any(Number) });

describe('seats', () => {
  const cases: [string, Partial<LiveLimits>, [Caller, string], [Caller, string], [Caller, string]][] = [
    ['a participant', { participant: 2 }, [ada, '1'], [ada, '2'], [bob, '1']],
    ['a publishable key', { publishable: 2 }, [page, '1'], [page, '2'], [ada, '1']],
    ['an address', { address: 2 }, [page, '1'], [ada, '1'], [page, '2']],
  ];
  it.each(cases)('are so many for %s, and others keep theirs', (_, limits, one, two, other) => {
    const seats = createSeats(limits);
    const leave = seats.take(...one);
    seats.take(...two);
    expect(() => seats.take(...one)).toThrow(refused);
    seats.take(...other);
    leave();
    leave();
    seats.take(...two);
    expect(() => seats.take(...two)).toThrow(refused);
  });

  it('are so many on the whole node', () => {
    const seats = createSeats({ node: 2 });
    const leave = seats.take(ada, '1');
    seats.take(bob, '2');
    expect(() => seats.take(page, '3')).toThrow(refused);
    leave();
    seats.take(page, '3');
  });
});
