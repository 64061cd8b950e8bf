import { afterEach, expect, test, vi } from 'vitest';
import { ask } from './ask.ts';

afterEach(() => vi.unstubAllGlobals());

const me = {
  program: 'friends',
  referralCode: 'MIRA-7K2F',
  referralLink: 'https://fernway.example/r/MIRA-7K2F',
  counts: { clicks: 1, referrals: 1, qualified: 1, conversions: 1 },
  points: 10,
  referred: false,
};
const read = (body: unknown) => {
  vi.stubGlobal('fetch', async () => Response.json(body));
  return ask({ baseUrl: 'http://host/api' }, 'GET /programs/{program}/me')({ program: 'friends' });
};

test('answers with what the contract says, and with what a newer server adds', async () => {
  const newer = { ...me, streak: 3, counts: { ...me.counts, shares: 4 } };
  expect(await read(newer)).toEqual(newer);
});

test.each([null, [], 'text', {}, { ...me, points: '10' }, { ...me, counts: null }])('rejects %j', async (body) => {
  await expect(read(body)).rejects.toMatchObject({ code: 'unexpected_response', status: 200 });
});
