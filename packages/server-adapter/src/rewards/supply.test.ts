import fc from 'fast-check';
import { expect, it } from 'vitest';
import { serve } from './supply.ts';

const claims = fc
  .array(fc.record({ day: fc.nat(50), minor: fc.nat(100) }), { maxLength: 30 })
  .map((rows) =>
    rows.map(({ day, minor }, n) => ({ id: `r${String(n).padStart(2, '0')}`, earnedAt: new Date(day), minor })),
  );
const limit = (most: number) => fc.option(fc.nat(most));

it('never gives more than there is, and keeps what it did not give', () => {
  fc.assert(
    fc.property(claims, limit(20), limit(600), (asking, stock, budget) => {
      const { served, left } = serve({ stock, budget }, asking);
      const given = asking.filter(({ id }) => served.has(id));
      const minor = given.reduce((sum, each) => sum + each.minor, 0);
      expect(left).toEqual({
        stock: stock === null ? null : stock - given.length,
        budget: budget === null ? null : budget - minor,
      });
      expect(Math.min(left.stock ?? 0, left.budget ?? 0)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('serves the earliest first', () => {
  fc.assert(
    fc.property(claims, fc.nat(20), (asking, stock) => {
      const { served } = serve({ stock, budget: null }, asking);
      const last = Math.max(...asking.filter(({ id }) => served.has(id)).map(({ earnedAt }) => earnedAt.getTime()));
      const waiting = asking.filter(({ id }) => !served.has(id));
      if (served.size > 0) for (const { earnedAt } of waiting) expect(earnedAt.getTime()).toBeGreaterThanOrEqual(last);
      expect(served.size).toBe(Math.min(stock, asking.length));
    }),
  );
});
