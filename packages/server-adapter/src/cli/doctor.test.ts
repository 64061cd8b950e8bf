import { describe, expect, it } from 'vitest';
import { judgeCookies, judgeSettlement } from './doctor.ts';

describe('cookies across subdomains', () => {
  const program = { slug: 'friends', landingUrl: 'https://www.shop.example/welcome', cookieDomain: 'shop.example' };

  it('are fine where the landing page gets them', () => {
    expect(judgeCookies([])).toMatchObject({ subject: 'cookies', ok: true });
    expect(judgeCookies([program])).toMatchObject({ ok: true });
  });

  it('are named with how to mend them where it does not', () => {
    const finding = judgeCookies([program, { ...program, slug: 'away', landingUrl: 'https://blog.example/' }]);
    expect(finding).toMatchObject({ ok: false, says: expect.stringMatching(/^"away" .*blog\.example.*cookieDomain/) });
  });
});

describe('settlement', () => {
  it('is named with its error where referrals fail', () => {
    expect(judgeSettlement({ referrals: 0, since: null, error: null })).toMatchObject({ ok: true });
    const failing = { referrals: 2, since: new Date('2026-11-20T10:00:00Z'), error: 'this row is broken' };
    expect(judgeSettlement(failing)).toMatchObject({
      ok: false,
      says: expect.stringMatching(/^2 referrals .*2026-11-20.*this row is broken.*settlement_failure/),
    });
  });
});
