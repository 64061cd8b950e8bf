import { describe, expect, it } from 'vitest';
import { judgeCookies } from './doctor.ts';

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
