import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContestRow, ContestState } from '../db/references.ts';
import { changeRefused } from './change.ts';

const starts = new Date('2030-01-01T00:00:00Z');
const ends = new Date('2030-02-01T00:00:00Z');
const contest = (phase: ContestState) => ({ phase, starts_at: starts, ends_at: ends }) as ContestRow;
const codeOf = (phase: ContestState, change: Parameters<typeof changeRefused>[1]) =>
  changeRefused(contest(phase), change)?.code ?? null;

const phases = fc.constantFrom<ContestState>('draft', 'scheduled', 'live', 'frozen', 'drawn', 'closed');
const instants = fc
  .date({ min: new Date('2029-12-01T00:00:00Z'), max: new Date('2030-03-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const fixed = ['startsAt', 'timeZone', 'period', 'scoring'] as const;
const changes = fc.record(
  {
    name: fc.constant('Other'),
    description: fc.constant(null),
    hideUntilEnd: fc.boolean(),
    state: fc.constantFrom<'draft' | 'scheduled' | 'closed'>('draft', 'scheduled', 'closed'),
    startsAt: instants,
    endsAt: instants,
    timeZone: fc.constant('UTC'),
    period: fc.constant<'day'>('day'),
    scoring: fc.constant<{ event: string; points: number }[]>([{ event: '*', points: 1 }]),
  },
  { requiredKeys: [] },
);

describe('changeRefused', () => {
  it('lets nothing that decides the outcome change once a contest has begun', () => {
    fc.assert(
      fc.property(phases, changes, (phase, change) => {
        const refusal = codeOf(phase, change);
        const decides = fixed.some((field) => change[field] !== undefined);
        if (phase === 'closed' || phase === 'drawn') expect(refusal).toBe('contest_closed');
        else if (phase !== 'draft' && phase !== 'scheduled' && decides) expect(refusal).toBe('contest_state_conflict');
      }),
    );
  });

  it('never leaves a contest that ends before it starts', () => {
    fc.assert(
      fc.property(phases, changes, (phase, change) => {
        if (codeOf(phase, change) !== null) return;
        const from = Date.parse(change.startsAt ?? starts.toISOString());
        expect(from).toBeLessThan(Date.parse(change.endsAt ?? ends.toISOString()));
      }),
    );
  });

  it('always lets words change while the contest is not decided', () => {
    for (const phase of ['draft', 'scheduled', 'live', 'frozen'] as const) {
      expect(codeOf(phase, { name: 'Other', description: null, hideUntilEnd: true })).toBeNull();
    }
  });

  it.each([
    ['live', { endsAt: '2030-01-15T00:00:00Z' }, null],
    ['live', { endsAt: '2030-03-01T00:00:00Z' }, null],
    ['live', { endsAt: '2030-01-01T00:00:00Z' }, 'validation_failed'],
    ['frozen', { endsAt: '2030-03-01T00:00:00Z' }, 'contest_state_conflict'],
    ['frozen', { state: 'closed' }, null],
    ['live', { state: 'closed' }, 'contest_state_conflict'],
    ['live', { state: 'scheduled' }, 'contest_state_conflict'],
    ['scheduled', { state: 'draft' }, null],
    ['draft', { state: 'scheduled' }, null],
    ['draft', { state: 'closed' }, 'contest_state_conflict'],
    ['scheduled', { startsAt: '2030-02-01T00:00:00Z' }, 'validation_failed'],
    ['scheduled', { startsAt: '2030-01-05T00:00:00Z', endsAt: '2030-01-06T00:00:00Z' }, null],
  ] as const)('answers a %s contest that is to be %j with %s', (phase, change, code) => {
    expect(codeOf(phase, change)).toBe(code);
  });
});
