import { quicknet } from '@laurelkit/sdk/draws';
import type { TestLaurel } from '../src/testing.ts';
import { stepsOn } from './drawing.ts';
import type { Sample } from './samples.ts';

const day = 86_400_000;
const numbers = [['7', '42']];

/**
 * Requests for each operation of drawing after `seed`, in contests made for them: `raffled` is drawn, with an entry of `ada`;
 * `undecided` is frozen and waits for its numbers, which can be given once.
 */
export async function drawSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  let instant: Date | null = null;
  const steps = await stepsOn(laurel, { chain: quicknet, relays: [], allow: [] }, () => instant);
  // Before those of the other samples: what the keeper does at that instant is about these alone.
  const endsAt = new Date(Date.now() + 3_600_000);
  for (const slug of ['raffled', 'undecided']) {
    await laurel.api.contests.create({
      ...{ program: 'friends', slug, name: slug, kind: 'raffle', prizes: [{ name: 'Cup' }] },
      ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: endsAt.toISOString() },
      draw: { source: 'numbers', numbers: ['Lotto'] },
    });
    await laurel.api.points.award({ contest: slug, participant: 'ada', points: 3, idempotencyKey: slug });
  }
  await steps.commit();
  // Referrals that nobody settles are waited for a minute.
  instant = new Date(endsAt.getTime() + 61_000);
  await steps.freeze();
  await laurel.api.draws.setNumbers({ contest: 'raffled', numbers });
  await steps.draw();
  const of = '/contests/raffled';
  return {
    'draws.get': { path: `${of}/draw` },
    'draws.receipt': { path: `${of}/draw/receipt?participant=ada` },
    'draws.evidence': { path: `${of}/draw/evidence.json` },
    'draws.evidencePage': { path: `${of}/draw/evidence.html` },
    'draws.setNumbers': { path: '/contests/undecided/draw/numbers', body: { numbers } },
    'draws.results': { path: `${of}/results` },
    'draws.resultsPage': { path: `${of}/results.html` },
    'draws.publish': { path: `${of}/results/publish`, body: {} },
  };
}

/** SQL that lets the numbers be given once more. */
export const undecided = 'update $schema.contest_draw set numbers = null where drawn_at is null';
