import { describe, expect, it } from 'vitest';
import type { ActionFacts } from './action-facts.ts';
import { actionState, assertMayAct } from './action-state.ts';
import type { Action } from './contest-action.ts';

const at = new Date('2030-03-01T12:00:00Z');
const tomorrow = new Date('2030-03-02T00:00:00Z');
const later = new Date('2030-03-01T12:00:10Z');
const action = (more: Partial<Action>): Action => ({
  ...{ id: 'one', kind: 'host', title: 'One', points: 1, after: [] },
  ...more,
});
const facts = (more: Partial<ActionFacts> = {}): ActionFacts => ({
  ...{ at, today: '2030-03-01', tomorrow, disqualified: null, done: new Map(), tries: new Map() },
  ...more,
});
const done = (...parts: string[]) => ({ done: new Map([['one', new Set(parts)]]) });
const tried = (openedAt: Date, retryAt: Date | null = null) => ({ tries: new Map([['one', { openedAt, retryAt }]]) });

describe('actionState', () => {
  it.each([
    ['open at first', action({}), facts(), 'open', null],
    ['done', action({}), facts(done('')), 'done', null],
    ['locked', action({ after: ['two'] }), facts(), 'locked', null],
    ['done, although what comes before is not', action({ after: ['two'] }), facts(done('')), 'done', null],
    ['a day away', action({ kind: 'daily' }), facts(done('2030-03-01')), 'waiting', tomorrow],
    ['open on another day', action({ kind: 'daily' }), facts(done('2030-02-28')), 'open', null],
    ['on its way', action({ kind: 'visit', seconds: 10 }), facts(tried(at)), 'waiting', later],
    ['there', action({ kind: 'visit', seconds: 0 }), facts(tried(at)), 'open', null],
    ['tried too often', action({ kind: 'answer' }), facts(tried(at, later)), 'waiting', later],
  ])('%s', (_, one, known, state, opensAt) => {
    expect(actionState(one, known)).toEqual({ state, opensAt });
  });

  it('is done with all channels, and tells which', () => {
    const share = action({ kind: 'share', channels: ['mail', 'chat'] });
    expect(actionState(share, facts(done('mail')))).toMatchObject({ state: 'open', channels: ['mail'] });
    expect(actionState(share, facts(done('mail', 'chat')))).toMatchObject({ state: 'done' });
  });
});

it('keeps out who was disqualified, and what is not open yet', () => {
  expect(() => assertMayAct(action({}), facts({ disqualified: 'two accounts' }))).toThrow(/two accounts/);
  expect(() => assertMayAct(action({ after: ['two'] }), facts())).toThrow(/First do: two/);
  assertMayAct(action({ after: ['one'] }), facts(done('')));
});
