import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';

const day = 86_400_000;

/** Requests for each operation of entries after `seed`, in contests made for them. */
export async function entrySamples({ api }: Pick<TestLaurel, 'api'>): Promise<Record<string, Sample>> {
  const live = {
    program: 'friends',
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + day).toISOString(),
  };
  await api.contests.create({
    ...{ ...live, slug: 'acting', name: 'Acting' },
    actions: [
      { id: 'look', kind: 'visit', title: 'Look', points: 1, url: 'https://shop.example/', seconds: 1 },
      { id: 'back', kind: 'daily', title: 'Come back', points: 1 },
      { id: 'form', kind: 'form', title: 'Form', points: 1, fields: [{ id: 'city', label: 'City' }] },
      { id: 'shop', kind: 'host', title: 'Come by', points: 1 },
    ],
  });
  await api.contests.create({
    ...{ ...live, slug: 'playing', name: 'Playing', kind: 'instant_win' },
    instantWin: { playsPerDay: 100, prizes: [{ name: 'Mug', oneIn: 2, stock: 10 }] },
  });
  const path = '/contests/acting';
  return {
    'entries.join': { path: `${path}/join`, body: { participant: 'ada', rulesVersion: 1 } },
    'entries.me': { path: `${path}/me?participant=ada` },
    'entries.open': { path: `${path}/actions/look/open` },
    'entries.act': { path: `${path}/actions/back`, body: {} },
    'entries.verify': { path: `${path}/actions/shop/verify`, body: { participant: 'ada' } },
    'entries.submissions': { path: `${path}/actions/form/submissions` },
    'entries.play': { path: '/contests/playing/plays', body: {} },
    'entries.plays': { path: '/contests/playing/plays' },
  };
}
