import { expect, it } from 'vitest';
import { newInviteCode, readInviteCode } from './invite-code.ts';

it('makes codes of 48 bits that are no words', () => {
  const codes = Array.from({ length: 1000 }, () => newInviteCode());
  expect(new Set(codes).size).toBe(1000);
  for (const code of codes) expect(code).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{10}$/);
});

it('reads codes as people type them', () => {
  expect(readInviteCode(' bcdf2–gh j45 ')).toBe('BCDF2GHJ45');
});
