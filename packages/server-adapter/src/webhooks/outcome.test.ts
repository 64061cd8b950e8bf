import { describe, expect, it } from 'vitest';
import { UnsafeAddress } from '../http/safe-fetch.ts';
import { answered, judge, unanswered } from './outcome.ts';

const answer = (status: number, headers: Record<string, string> = {}, body = '') =>
  answered({ status, headers, body: Buffer.from(body) }, 7);

describe('judge', () => {
  it('takes 2xx alone for delivered, and 410 for the end', () => {
    for (let status = 200; status < 600; status++) {
      const expected = status < 300 ? 'delivered' : status === 410 ? 'gone' : 'retry';
      expect(judge(answer(status), 1, 0).outcome, String(status)).toBe(expected);
    }
  });

  it('waits by the schedule, or longer where the receiver asks for it', () => {
    expect(judge(answer(500), 1, 0)).toEqual({ outcome: 'retry', pause: 5 });
    expect(judge(answer(429, { 'retry-after': '120' }), 1, 0)).toEqual({ outcome: 'retry', pause: 120 });
    expect(judge(answer(429, { 'retry-after': '120' }), 2, 0)).toEqual({ outcome: 'retry', pause: 300 });
    expect(judge(answer(500), 9, 0)).toEqual({ outcome: 'retry', pause: 86_400 });
    expect(judge(answer(500), 10, 0)).toEqual({ outcome: 'failed', pause: 0 });
    expect(judge(unanswered(new Error('x'), 1), 10, 0).outcome).toBe('failed');
  });
});

describe('answered', () => {
  it('heeds Retry-After of those that have too much to do: seconds, a date, nonsense, a day at most', () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    expect([429, 502, 503, 504, 500, 400].map((status) => answer(status, { 'retry-after': '60' }).throttle)).toEqual([
      60, 60, 60, 60, 0, 0,
    ]);
    expect(answer(503, { 'retry-after': inAnHour }).throttle).toBeGreaterThan(3_590);
    expect(answer(503, { 'retry-after': new Date(0).toUTCString() }).throttle).toBe(0);
    for (const nonsense of ['', 'soon', '-5', '1e9', 'NaN']) {
      expect(answer(503, { 'retry-after': nonsense }).throttle, nonsense).toBeLessThanOrEqual(10);
    }
    expect(answer(503, { 'retry-after': '99999999999' }).throttle).toBe(86_400);
    expect([429, 502, 503, 504].map((status) => answer(status).throttle)).toEqual([10, 10, 0, 10]);
  });

  it('keeps the beginning of the body as safe text', () => {
    expect(answer(500, {}, 'plain\nwords').response).toBe('plain\nwords');
    expect(answer(500, {}, '\u0000\u001b[31m\u202e\u200b').response).toBe('[31m');
    expect(answer(500, {}, '   ').response).toBeNull();
    expect(answer(500, {}, 'é𝕏'.repeat(400)).response?.isWellFormed()).toBe(true);
    expect(answer(500, {}, 'x'.repeat(4096)).response).toHaveLength(500);
    const cut = answered({ status: 500, headers: {}, body: Buffer.from([0xff, 0xfe, 0xc3]) }, 1);
    expect(cut.response).toBe('\ufffd\ufffd\ufffd');
  });
});

describe('unanswered', () => {
  it('says why in words that name no address', () => {
    const coded = (code: string) => Object.assign(new Error('connect 10.1.2.3:443'), { code });
    expect(unanswered(coded('ECONNREFUSED'), 3)).toMatchObject({ status: null, error: 'The connection was refused.' });
    expect(unanswered(coded('ERR_TLS_CERT_ALTNAME_INVALID'), 3).error).toMatch(/certificate/);
    expect(unanswered(new UnsafeAddress('The address is not public.'), 3).error).toBe('The address is not public.');
    expect(unanswered(new DOMException('late', 'TimeoutError'), 3).error).toBe('The answer took too long.');
    for (const odd of [coded('EODD'), 'text', null]) expect(unanswered(odd, 3).error).toBe('The request failed.');
  });
});
