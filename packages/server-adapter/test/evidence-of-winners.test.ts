import { describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { afterEnd, drawingLaurel, evidenceOf, flawsOf, keep, raffle, untilCommitted, untilStored } from './drawing.ts';
import { entryIdOf } from './drawn.ts';
import { eventually, storageName } from './support.ts';

const contest = 'spring';
const claim = { days: 7, fields: [] };

const disqualify = (laurel: TestLaurel, participant: string) =>
  laurel.api.draws.disqualify({ contest, participant, reason: 'two accounts' });
const winnersOnce = async (laurel: TestLaurel, count: number) => {
  const read = async () => {
    await keep(laurel);
    return (await laurel.api.draws.winners({ contest, limit: 100 })).items;
  };
  const found = await eventually(read, (items) => items.length === count);
  expect(found).toHaveLength(count);
  return found;
};

describe(`evidence of winners (${storageName})`, () => {
  it('holds for a raffle, whoever is taken out at whatever time, and says so when one is favoured', async () => {
    const { laurel, beacon } = await drawingLaurel();
    const points = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`person-${index}`, index + 1]));
    await raffle(laurel, points, { claim, prizes: [{ name: 'Bike' }, { name: 'Bell', winners: 3 }] });
    await untilCommitted(laurel);
    const before = await disqualify(laurel, 'person-11');
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    await disqualify(laurel, 'person-10');
    laurel.travelTo(afterEnd(60));
    await untilStored(laurel, 'drawn');
    const [first, second] = await winnersOnce(laurel, 4);
    await disqualify(laurel, first?.participant ?? '');
    await laurel.api.draws.lapse({ winner: second?.id ?? '', reason: 'no answer' });
    await winnersOnce(laurel, 6);
    const evidence = await evidenceOf(laurel);
    expect(evidence.entries.map(([id]) => id)).not.toContain(before.entryId);
    expect(evidence.disqualifications).toHaveLength(3);
    expect(evidence.winners).toHaveLength(6);
    expect(flawsOf(evidence, beacon)).toEqual([]);
    const favoured = evidence.winners.map((each, index) => ({
      ...each,
      entryId: index === 5 ? evidence.order[11] : each.entryId,
    }));
    expect(flawsOf({ ...evidence, winners: favoured }, beacon)).not.toEqual([]);
  });

  it('holds where prizes are shared, also after somebody who shared one is taken out', async () => {
    const { laurel, beacon } = await drawingLaurel();
    const points = { ada: 9, bob: 8, cleo: 8, dan: 5, eve: 4, finn: 4, gus: 1 };
    const prizes = [{ name: 'Cup' }, { name: 'Mug', winners: 2 }];
    await raffle(laurel, points, {
      kind: 'leaderboard',
      tiePolicy: 'shared',
      claim,
      prizes,
      draw: { source: 'drand', delaySeconds: 30 },
    });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'drawn');
    const selected = await winnersOnce(laurel, 3);
    const line = ({ place, externalId }: { place: number; externalId: string }) => `${place} ${externalId}`;
    expect(selected.map(line)).toEqual(['1 ada', '2 bob', '2 cleo']);
    expect(flawsOf(await evidenceOf(laurel), beacon)).toEqual([]);
    await disqualify(laurel, 'ada');
    expect((await winnersOnce(laurel, 4)).map(line)).toEqual(['1 ada', '1 dan', '2 bob', '2 cleo']);
    // Bob alone has the second place now, so the third is free: for two, who share it.
    await disqualify(laurel, 'cleo');
    expect((await winnersOnce(laurel, 6)).map(line)).toEqual(['1 ada', '1 dan', '2 bob', '2 cleo', '3 eve', '3 finn']);
    const evidence = await evidenceOf(laurel);
    expect(flawsOf(evidence, beacon)).toEqual([]);
    expect(evidence.disqualifications[0]?.entryId).toBe(
      entryIdOf(
        (await laurel.api.contests.get({ contest })).id,
        (await laurel.api.participants.get({ participant: 'ada' })).id,
      ),
    );
  });

  it('holds where one of those ahead is taken out before places are given', async () => {
    const { laurel, beacon } = await drawingLaurel();
    const prizes = [{ name: 'Cup' }, { name: 'Mug', winners: 2 }];
    await raffle(
      laurel,
      { ada: 9, bob: 8, cleo: 8, dan: 5 },
      { kind: 'leaderboard', tiePolicy: 'shared', claim, prizes },
    );
    await untilCommitted(laurel);
    // Frozen by the clock: they are taken out before the keeper comes by.
    laurel.travelTo(afterEnd(1));
    await disqualify(laurel, 'ada');
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'drawn');
    const selected = await winnersOnce(laurel, 3);
    expect(selected.map(({ place, externalId }) => `${place} ${externalId}`)).toEqual(['1 bob', '1 cleo', '3 dan']);
    expect(flawsOf(await evidenceOf(laurel), beacon)).toEqual([]);
  });
});
