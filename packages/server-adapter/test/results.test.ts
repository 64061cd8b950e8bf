import { describe, expect, it } from 'vitest';
import { afterEnd, drawingLaurel, keep, raffle, untilCommitted, untilStored } from './drawing.ts';
import { ask, eventually, storageName } from './support.ts';

const contest = 'spring';
const points = { ada: 9, bob: 7, cleo: 5, dan: 3 };

describe(`public results (${storageName})`, () => {
  it('keep those who lost their place, before who got it, and no name of theirs', async () => {
    const { laurel } = await drawingLaurel();
    const { api } = laurel;
    const prizes = [{ name: 'Cup' }, { name: 'Mug <b>' }];
    await raffle(laurel, points, { kind: 'leaderboard', names: 'shown', claim: { days: 7, fields: [] }, prizes });
    for (const externalId of Object.keys(points))
      await api.participants.upsert({ externalId, displayName: `Chosen ${externalId}` });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'drawn');
    const winnersOnce = async (count: number) => {
      const read = async () => {
        await keep(laurel);
        return (await api.draws.winners({ contest })).items;
      };
      const items = await eventually(read, (found) => found.length === count);
      return new Map(items.map((each) => [each.externalId, each]));
    };
    await winnersOnce(2);
    await api.draws.disqualify({ contest, participant: 'ada', reason: 'bought points' });
    await api.draws.lapse({ winner: (await winnersOnce(3)).get('bob')?.id ?? '', reason: 'no answer' });
    const winners = await winnersOnce(4);

    const line = (place: number, prize: string, who: string, state: string) => {
      const lost = state !== 'selected';
      const name = lost ? expect.stringMatching(/^Guest [2-9A-Z]{4}$/) : `Chosen ${who}`;
      return { place, prize, entryId: winners.get(who)?.entryId, name, state };
    };
    const { json, text } = await ask(laurel, 'GET', `/contests/${contest}/results`);
    expect(json.items).toEqual([
      line(1, 'Cup', 'ada', 'disqualified'),
      line(1, 'Cup', 'cleo', 'selected'),
      line(2, 'Mug <b>', 'bob', 'lapsed'),
      line(2, 'Mug <b>', 'dan', 'selected'),
    ]);
    const page = (await ask(laurel, 'GET', `/contests/${contest}/results.html`)).text;
    const [ada, , bob] = json.items.map(({ name }: { name: string }) => name);
    expect(page).toContain(`<td>1</td><td><s><bdi>${ada}</bdi></s> (disqualified)</td>`);
    expect(page).toContain('<td>1</td><td><bdi>Chosen cleo</bdi></td>');
    expect(page).toContain(`<td>2</td><td><s><bdi>${bob}</bdi></s> (not claimed in time)</td>`);
    expect(page).toContain('<td>2</td><td><bdi>Chosen dan</bdi></td>');
    for (const who of ['ada', 'bob']) {
      const { participant = '', externalId = '' } = winners.get(who) ?? {};
      for (const secret of [participant, externalId])
        expect(`${text}${page}`).not.toMatch(new RegExp(`\\b${secret}\\b`));
    }
  });

  it('say of a contest without prizes that its board is the result, and what it was sealed with', async () => {
    const { laurel } = await drawingLaurel();
    await raffle(laurel, points, { kind: 'leaderboard', prizes: [] });
    const page = async () => (await ask(laurel, 'GET', `/contests/${contest}/results.html`)).text;
    expect(await page()).toContain('not decided yet');
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    expect(await page()).toContain('<p>There was nothing to win: the board shows how it ended. <a href="draw">');
    const { json } = await ask(laurel, 'GET', `/contests/${contest}/draw`);
    expect(json.freeze.root).toMatchObject({ count: 4, sum: 24 });
  });
});
