import type { LiveMessages } from '@laurelkit/sdk/client';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank } from '../../gallery/people.ts';
import type { Page } from '../stores/board.ts';
import { countChanges, mergeLive, type Picture } from './merge.ts';

const people = fc.array(fc.tuple(fc.constant('Mira'), fc.integer({ min: 1, max: 50 })), { maxLength: 30 });

const pageOf = (rows: Page['items'], limit: number, changes: Partial<Page> = {}): Page => ({
  window: 'all',
  startsAt: '',
  endsAt: '',
  state: 'live',
  seq: 10,
  participants: rows.length,
  hidden: false,
  items: rows.slice(0, limit),
  nextCursor: null,
  ...changes,
});

const messageOf = (rows: Page['items'], seq: number): LiveMessages['leaderboard'] => ({
  topic: 'contest:spring',
  contest: '',
  previousSeq: seq - 1,
  seq,
  participants: rows.length,
  top: rows.slice(0, 10),
  changed: [],
});

const limits = fc.integer({ min: 1, max: 30 });

test('a newer message gives the page the API would give, or asks to read it', () => {
  fc.assert(
    fc.property(people, people, limits, (before, after, limit) => {
      const rows = rank(after);
      const merged = mergeLive(pageOf(rank(before), limit), messageOf(rows, 11), limit);
      if (limit > 10) expect(merged).toBeNull();
      else expect(merged).toEqual(pageOf(rows, limit, { seq: 11 }));
    }),
  );
});

test('an older or repeated message changes nothing', () => {
  fc.assert(
    fc.property(people, people, fc.integer({ min: 1, max: 10 }), (before, after, seq) => {
      const page = pageOf(rank(before), 10);
      expect(mergeLive(page, messageOf(rank(after), seq), 10)).toBe(page);
    }),
  );
});

test('what a message cannot know is read again: periods, hidden boards, more than one page', () => {
  const rows = rank(Array.from({ length: 30 }, (_, index) => ['Mira', 90 - index] as const));
  expect(mergeLive(pageOf(rows, 10, { window: 'period' }), messageOf(rows, 11), 10)).toBeNull();
  expect(mergeLive(pageOf(rows, 10, { hidden: true }), messageOf(rows, 11), 10)).toBeNull();
  expect(mergeLive(pageOf(rows, 20), messageOf(rows, 11), 10)).toBeNull();
});

test('changes are counted once a row, none between equal pages', () => {
  fc.assert(
    fc.property(people, people, (before, after) => {
      const [old, fresh] = [before, after].map((rows) => ({ page: pageOf(rank(rows), 30), own: null })) as [
        Picture,
        Picture,
      ];
      expect(countChanges(old, old)).toBe(0);
      expect(countChanges(old, fresh)).toBe(countChanges(fresh, old));
      expect(countChanges(old, fresh)).toBeLessThanOrEqual(Math.max(before.length, after.length));
    }),
  );
});
