import { expect, test } from 'vitest';
import { fiveWeeks } from './days.ts';

const at = (text: string) => new Date(`${text}T01:30:00`);

test('five whole weeks, the last of which today is in, across a change of the clocks', () => {
  const days = fiveWeeks([{ day: '2026-03-29', kind: 'learnt' }], 'en-GB', at('2026-04-01'));
  expect(days).toHaveLength(35);
  expect(new Set(days.map(({ day }) => day)).size).toBe(35);
  expect(days[0]?.day).toBe('2026-03-02');
  expect(days.at(-1)).toEqual({ day: '2026-04-05', kind: 'later' });
  expect(days.find(({ day }) => day === '2026-03-29')?.kind).toBe('learnt');
  expect(days.find(({ day }) => day === '2026-04-01')?.kind).toBe('none');
});
