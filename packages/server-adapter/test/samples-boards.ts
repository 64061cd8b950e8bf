import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';
import { sql } from './support.ts';

const day = 86_400_000;

/** Requests for the boards after `seed`: those of `spring`, and the photo finish of a contest that has ended. */
export async function boardSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  await laurel.api.contests.create({
    ...{ program: 'friends', slug: 'ended', name: 'Ended' },
    startsAt: new Date(Date.now() - 2 * day).toISOString(),
    endsAt: new Date(Date.now() + day).toISOString(),
  });
  await laurel.api.points.award({ contest: 'ended', participant: 'ada', points: 1, idempotencyKey: 'sample-ended' });
  await sql(laurel, `update $schema.contest set ends_at = now() where slug = 'ended'`);
  const board = '/contests/spring/leaderboard';
  return {
    'leaderboards.interval': { path: `${board}/interval?window=day` },
    'leaderboards.friends': { path: `${board}/friends?participant=ada` },
    'leaderboards.past': { path: `${board}/past?seq=1` },
    'leaderboards.csv': { path: `${board}.csv` },
    'leaderboards.photoFinish': { path: '/contests/ended/photo-finish' },
    'leaderboards.photoFinishCsv': { path: '/contests/ended/photo-finish.csv' },
  };
}
