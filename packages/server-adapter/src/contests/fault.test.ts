import { ContestSettings } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { assertWorks, contestFaults } from './fault.ts';

type Given = z.input<typeof ContestSettings>;
const faults = (given: Given, period: 'contest' | 'week' = 'contest') =>
  contestFaults({ ...z.parse(ContestSettings, given), period }).map(({ pointer }) => pointer);
const instantWin = { prizes: [{ name: 'Mug', oneIn: 2, stock: 3 }] };
const visit = { id: 'look', kind: 'visit', title: 'Look', points: 1, url: 'https://shop.example/' } as const;
const quiz = { id: 'quiz', kind: 'answer', title: 'Quiz', points: 1, question: 'How many?' } as const;
const field = { id: 'size', label: 'Size' };

describe('contestFaults', () => {
  it.each<[string, Given, string[]]>([
    ['nothing said', {}, []],
    ['a league without a period', { kind: 'league', league: {} }, ['period']],
    ['a league without its settings', { kind: 'league' }, ['league']],
    ['cohorts elsewhere', { league: {} }, ['league']],
    ['plays elsewhere', { kind: 'raffle', instantWin }, ['instantWin']],
    ['an instant win without plays', { kind: 'instant_win' }, ['instantWin']],
    ['an instant win', { kind: 'instant_win', instantWin }, []],
    [
      'more than every play wins',
      { kind: 'instant_win', instantWin: { prizes: [...instantWin.prizes, { name: 'Cap', oneIn: 1, stock: 1 }] } },
      ['instantWin/prizes'],
    ],
    [
      'every play wins, of ten prizes',
      { kind: 'instant_win', instantWin: { prizes: Array(10).fill({ name: 'Cap', oneIn: 10, stock: 1 }) } },
      [],
    ],
    ['a milestone that says no points', { kind: 'milestone', prizes: [{ name: 'Mug' }] }, ['prizes/0/atPoints']],
    ['points elsewhere', { prizes: [{ name: 'Cap' }, { name: 'Mug', atPoints: 5 }] }, ['prizes/1/atPoints']],
    ['ten thousand winners', { prizes: Array(10).fill({ name: 'Cap', winners: 1000 }) }, []],
    ['more', { prizes: [...Array(10).fill({ name: 'Cap', winners: 1000 }), { name: 'Mug' }] }, ['prizes']],
    ['a raffle by numbers nobody knows', { kind: 'raffle', draw: { source: 'numbers' } }, ['draw/numbers']],
    ['ties by numbers nobody knows', { tiePolicy: 'draw', draw: { source: 'numbers' } }, ['draw/numbers']],
    ['no chance, and numbers nobody knows', { draw: { source: 'numbers' } }, []],
    ['one source twice', { kind: 'raffle', draw: { source: 'numbers', numbers: ['a', 'a'] } }, ['draw/numbers/1']],
    ['a claim that asks twice', { claim: { fields: [field, field] } }, ['claim/fields/1/id']],
    ['two actions of one id', { actions: [visit, { ...visit, title: 'Again' }] }, ['actions/1/id']],
    ['a visit to nowhere', { actions: [{ ...visit, url: undefined }] }, ['actions/0/url']],
    [
      'an answer to nothing',
      { actions: [{ ...quiz, question: undefined }] },
      ['actions/0/question', 'actions/0/answers'],
    ],
    [
      'an answer of no choice',
      { actions: [{ ...quiz, choices: ['One', 'Two'], answers: ['three'] }] },
      ['actions/0/answers/0'],
    ],
    ['an answer of a choice', { actions: [{ ...quiz, choices: ['One  thing', 'Two'], answers: ['one Thing '] }] }, []],
    ['no code word', { actions: [{ id: 'word', kind: 'code_word', title: 'Word', points: 1 }] }, ['actions/0/answers']],
    [
      'sharing nowhere',
      { actions: [{ id: 'share', kind: 'share', title: 'Share', points: 1 }] },
      ['actions/0/channels'],
    ],
    [
      'sharing twice at one place',
      { actions: [{ id: 'share', kind: 'share', title: 'Share', points: 1, channels: ['mail', 'mail'] }] },
      ['actions/0/channels/1'],
    ],
    [
      'a form without fields',
      { actions: [{ id: 'form', kind: 'form', title: 'Form', points: 1 }] },
      ['actions/0/fields'],
    ],
    [
      'a form that asks twice',
      { actions: [{ id: 'form', kind: 'form', title: 'Form', points: 1, fields: [field, field] }] },
      ['actions/0/fields/1/id'],
    ],
    ['waiting for nobody', { actions: [{ ...visit, after: ['nobody'] }] }, ['actions/0/after/0']],
    ['waiting for itself', { actions: [{ ...visit, after: ['look'] }] }, ['actions/0/after/0']],
    [
      'two that wait for each other',
      {
        actions: [
          { ...visit, after: ['quiz'] },
          { ...quiz, answers: ['1'], after: ['look'] },
        ],
      },
      ['actions/0/after/0'],
    ],
    ['one after another', { actions: [visit, { ...quiz, answers: ['1'], after: ['look'] }] }, []],
  ])('finds in %s what does not work', (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  it('lets more go up and down than a cohort has in no league', () => {
    expect(faults({ kind: 'league', league: { size: 10, promote: 6, demote: 5 } }, 'week')).toEqual(['league/demote']);
    expect(faults({ kind: 'league', league: {} }, 'week')).toEqual([]);
  });

  it('says what to do, and where', () => {
    const league = { ...z.parse(ContestSettings, { kind: 'league' }), period: 'week' as const };
    expect(() => assertWorks(league)).toThrow(
      expect.objectContaining({
        code: 'contest_invalid',
        detail: '"league" is required for the kind league.',
        errors: [{ pointer: '#/league', detail: 'is required for the kind league' }],
      }),
    );
  });

  it('leaves no way round: whatever waits, waits for what comes before', () => {
    const order = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(order, (afters) => {
        const actions = ['a', 'b', 'c'].map((id, index) => ({ ...visit, id, after: afters[index] ?? [] }));
        if (faults({ actions }).length > 0) return;
        const done = new Set<string>();
        for (const { id, after } of actions) {
          expect(after.every((each) => done.has(each))).toBe(true);
          done.add(id);
        }
      }),
    );
  });
});
