import { ContestSettings } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { ContestRow, ContestState } from '../db/references.ts';
import { changedFields, changeRefused, fixedOnceLive } from './change.ts';
import { moveRefused } from './move.ts';

const starts = new Date('2030-01-01T00:00:00Z');
const ends = new Date('2030-02-01T00:00:00Z');
const settings = z.parse(ContestSettings, { names: 'opt_in' });
const contest = (phase: ContestState, more: Partial<ContestRow> = {}) =>
  ({
    ...{ phase, starts_at: starts, ends_at: ends, time_zone: 'Europe/Lisbon', period: 'contest', settings },
    ...{ name: 'Spring', description: null, hide_until_end: false, scoring: [{ points: 1, event: '*' }] },
    ...more,
  }) as ContestRow;
type Change = Parameters<typeof changeRefused>[1];
const codeOf = (phase: ContestState, change: Change) => changeRefused(contest(phase), change)?.code ?? null;

const allPhases = ['draft', 'scheduled', 'live', 'paused', 'frozen', 'drawn', 'closed'] as const;
const phases = fc.constantFrom<ContestState>(...allPhases);
const instants = fc
  .date({ min: new Date('2029-12-01T00:00:00Z'), max: new Date('2030-03-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
/** What is not as it is, of everything that decides. */
const decisive = {
  startsAt: '2029-12-31T00:00:00Z',
  timeZone: 'UTC',
  period: 'day',
  scoring: [{ event: '*', points: 2 }],
  kind: 'raffle',
  tiePolicy: 'draw',
  prizes: [{ name: 'Mug', description: null, winners: 1 }],
  mostEntries: 5,
  eligibility: { countries: ['PT'], minimumAge: null, verifiedEmail: false },
  draw: { source: 'drand', delaySeconds: 60, numbers: [] },
  teamSize: 3,
  league: { size: 10, promote: 1, demote: 1, divisions: ['One'] },
  instantWin: { playsPerDay: 1, prizes: [{ name: 'Mug', oneIn: 10, stock: 1 }] },
  actions: [{ id: 'come-back', kind: 'daily', title: 'Come back', points: 1, after: [] }],
} satisfies Pick<Change, (typeof fixedOnceLive)[number]>;
const words: Change = { name: 'Other', description: 'More', hideUntilEnd: true, publishResults: 'by_hand' };

describe('changeRefused', () => {
  it.each(fixedOnceLive)('lets %s change before the contest begins, and never after', (field) => {
    const change = { [field]: decisive[field] } as Change;
    for (const phase of allPhases) {
      const code = phase === 'drawn' || phase === 'closed' ? 'contest_closed' : 'contest_state_conflict';
      expect(codeOf(phase, change)).toBe(phase === 'draft' || phase === 'scheduled' ? null : code);
    }
  });

  it('takes what is given as it is already for no change', () => {
    const { names: _, ...rest } = settings;
    const same: Change = {
      ...rest,
      ...{ startsAt: '2030-01-01T01:00:00+01:00', endsAt: '2030-02-01T00:00:00Z', timeZone: 'Europe/Lisbon' },
      scoring: [{ event: '*', points: 1 }],
    };
    expect(changedFields(contest('live'), same)).toEqual([]);
    for (const phase of ['live', 'paused', 'frozen'] as const) expect(codeOf(phase, same)).toBeNull();
  });

  it('never leaves a contest that ends before it starts', () => {
    fc.assert(
      fc.property(phases, instants, instants, (phase, startsAt, endsAt) => {
        if (codeOf(phase, { startsAt, endsAt }) !== null) return;
        expect(Date.parse(startsAt)).toBeLessThan(Date.parse(endsAt));
      }),
    );
  });

  it('lets words change until the contest ends', () => {
    for (const phase of ['draft', 'scheduled', 'live', 'paused'] as const) expect(codeOf(phase, words)).toBeNull();
    expect(codeOf('frozen', words)).toBe('contest_state_conflict');
    expect(codeOf('closed', words)).toBe('contest_closed');
  });

  it.each([
    ['live', { endsAt: '2030-03-01T00:00:00Z' }, 'contest_state_conflict'],
    ['live', { endsAt: '2030-02-01T00:00:00Z' }, null],
    ['paused', { endsAt: '2030-01-15T00:00:00Z' }, 'contest_state_conflict'],
    ['frozen', { endsAt: '2030-03-01T00:00:00Z' }, 'contest_state_conflict'],
    ['frozen', { state: 'closed' }, null],
    ['frozen', { state: 'scheduled' }, 'contest_state_conflict'],
    ['frozen', { state: 'closed', name: 'Other' }, 'contest_state_conflict'],
    ['live', { state: 'closed' }, 'contest_state_conflict'],
    ['live', { state: 'scheduled' }, 'contest_state_conflict'],
    ['paused', { state: 'draft' }, 'contest_state_conflict'],
    ['scheduled', { state: 'draft' }, null],
    ['draft', { state: 'scheduled' }, null],
    ['draft', { state: 'closed' }, 'contest_state_conflict'],
    ['scheduled', { startsAt: '2030-02-01T00:00:00Z' }, 'validation_failed'],
    ['scheduled', { startsAt: '2030-01-05T00:00:00Z', endsAt: '2030-01-06T00:00:00Z' }, null],
    ['scheduled', { names: 'shown' }, null],
    ['live', { names: 'shown' }, 'contest_state_conflict'],
    ['live', { names: 'pseudonyms' }, null],
  ] as const)('answers a %s contest that is to be %j with %s', (phase, change, code) => {
    expect(codeOf(phase, change)).toBe(code);
  });

  it('leaves it to a contest with prizes when it closes', () => {
    const withPrizes = contest('frozen', { settings: { ...settings, prizes: decisive.prizes } });
    expect(changeRefused(withPrizes, { state: 'closed' })?.code).toBe('contest_state_conflict');
  });
});

describe('moveRefused', () => {
  const conflict = 'contest_state_conflict';
  it.each([
    ['pause', [conflict, conflict, null, conflict, conflict, 'contest_closed', 'contest_closed']],
    ['resume', [conflict, conflict, conflict, null, conflict, 'contest_closed', 'contest_closed']],
    ['extend', [conflict, conflict, null, null, conflict, 'contest_closed', 'contest_closed']],
  ] as const)('lets a contest be told to %s only when it can', (move, codes) => {
    const later = move === 'extend' ? new Date('2030-02-02T00:00:00Z') : undefined;
    expect(allPhases.map((phase) => moveRefused(move, contest(phase), later)?.code ?? null)).toEqual(codes);
  });

  it('moves the end further away only', () => {
    for (const endsAt of [ends, starts]) expect(moveRefused('extend', contest('live'), endsAt)?.code).toBe(conflict);
  });
});
