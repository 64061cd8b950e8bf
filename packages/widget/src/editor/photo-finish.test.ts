import { expect, test } from 'vitest';
import { photoFinishCsv } from './photo-finish.ts';

const occurredAt = '2026-05-01T11:59:58.250Z';
const item = { seq: 41, id: 'aB3', name: 'Mira', points: 5, score: 12, occurredAt };

test('a photo finish is a file of lines, what came too late has no number and no score', () => {
  expect(photoFinishCsv([item, { ...item, seq: null, score: null, points: -3 }])).toBe(
    `seq,occurredAt,name,points,score,id\r\n41,${occurredAt},Mira,5,12,aB3\r\n,${occurredAt},Mira,-3,,aB3\r\n`,
  );
});

test('names stay in their cell and are no formulas', () => {
  const csv = photoFinishCsv([{ ...item, name: '=cmd|"x", y', id: '-q1' }]);
  expect(csv).toContain(`"'=cmd|""x"", y",5,12,'-q1`);
});
