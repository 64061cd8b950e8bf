import { brokenLink } from '@laurelkit/sdk/draws';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { draw, entryIdOf, keep } from './drawn.ts';
import { ask, eventually, sql, storageName, testLaurel } from './support.ts';
import { claimForm, drawnAt, type Person, winnersStage } from './winners-stage.ts';

type People = [Person, Person, Person, Person, Person, Person];

describe(`disqualifications (${storageName})`, () => {
  let laurel: TestLaurel;
  let stage: Awaited<ReturnType<typeof winnersStage>>;

  beforeAll(async () => {
    laurel = await testLaurel();
    stage = await winnersStage(laurel);
  });

  /** A contest drawn in this order, once its places are given. */
  const drawn = async (people: readonly Person[], winners: number) => {
    const contest = await stage.begin({ claim: claimForm, prizes: [{ name: 'Cup', winners }] });
    laurel.travelTo(drawnAt);
    await draw(
      laurel,
      contest.id,
      people.map(({ id }) => ({ participant: id })),
    );
    await stage.seenOnce(contest.slug, winners);
    return contest;
  };

  it('a replacement is the next in order, not the first valid (discord-giveaways#446)', async () => {
    const people = (await stage.people(6)) as People;
    const [ada, bob, cleo, dan, eve] = people.map(({ externalId }) => externalId);
    const { id, slug } = await drawn(people, 3);
    expect((await stage.disqualify(slug, { participant: dan ?? '', reason: 'two accounts' })).status).toBe(201);
    const entryId = entryIdOf(id, people[1].id);
    const taken = await stage.disqualify(slug, { entryId, reason: 'bought points' });
    expect(taken).toMatchObject({ status: 201, json: { number: 2, entryId, reason: 'bought points' } });
    expect(await stage.seenOnce(slug, 4)).toEqual([
      `1 selected ${ada}`,
      `2 disqualified ${bob}`,
      `2 selected ${eve}`,
      `3 selected ${cleo}`,
    ]);
    expect((await stage.winnerOf(slug, people[4]))?.replaces).toBe((await stage.winnerOf(slug, people[1]))?.id);
    expect((await stage.claim(slug, people[1])).json.code).toBe('claim_state_conflict');
    expect(await stage.eventsOf(id, 'contest.disqualified')).toHaveLength(2);
  });

  it('one winner only is replaced (discord-giveaways#13)', async () => {
    const people = (await stage.people(6)) as People;
    const { slug } = await drawn(people, 4);
    const before = (await laurel.api.draws.winners({ contest: slug })).items;
    await stage.claim(slug, people[2]);
    await stage.disqualify(slug, { participant: people[1].id, reason: 'bots' });
    await stage.seenOnce(slug, 5);
    const after = (await laurel.api.draws.winners({ contest: slug })).items;
    const others = (items: typeof before) =>
      items.filter(({ place }) => place !== 2).map(({ id, place, externalId }) => [id, place, externalId]);
    expect(others(after)).toEqual(others(before));
    // A claim does not save who cheated.
    await stage.disqualify(slug, { participant: people[2].id, reason: 'bots' });
    expect(await stage.seenOnce(slug, 6)).toContain(`3 selected ${people[5].externalId}`);
  });

  it('is over once the contest is closed', async () => {
    const people = (await stage.people(2)) as People;
    const { slug } = await drawn(people, 1);
    await stage.claim(slug, people[0]);
    await stage.closed(slug);
    const late = await stage.disqualify(slug, { participant: people[0].id, reason: 'late' });
    expect([late.status, late.json.code]).toEqual([409, 'contest_closed']);
  });

  it('knows frozen entries by their ids, and nobody else', async () => {
    const [ada, bob] = (await stage.people(2)) as People;
    const { id, slug } = await drawn([ada], 1);
    for (const whom of [{ entryId: entryIdOf(id, bob.id) }, { participant: bob.externalId }]) {
      expect((await stage.disqualify(slug, { ...whom, reason: 'x' })).json.code).toBe('entry_not_found');
    }
    expect((await stage.disqualify(slug, { participant: 'nobody', reason: 'x' })).json.code).toBe(
      'participant_not_found',
    );
  });

  it.each(['contest', 'day'])(
    'takes points off every board of a period of a %s, whatever is earned afterwards',
    async (period) => {
      const [ada, bob] = (await stage.people(2)) as People;
      const { id, slug } = await stage.begin({ period });
      const award = ({ externalId }: Person, points: number, idempotencyKey: string) =>
        laurel.api.points.award({ contest: slug, participant: externalId, points, idempotencyKey });
      const scores = async (window: 'all' | 'period') =>
        (await laurel.api.leaderboards.list({ contest: slug, window })).items
          .map(({ score }) => score)
          .filter((score) => score > 0);
      const without = (window: 'all' | 'period') =>
        eventually(
          () => scores(window),
          (found) => found.length === 1,
        );
      await award(ada, 5, 'a');
      laurel.travelTo(new Date('2026-05-11T12:00:00Z'));
      await award(ada, 4, 'b');
      await award(bob, 3, 'c');
      expect((await stage.disqualify(slug, { entryId: 'unknown', reason: 'x' })).json.code).toBe('entry_not_found');
      const out = await stage.disqualify(slug, { entryId: entryIdOf(id, ada.id), reason: 'bots' });
      expect(out).toMatchObject({ status: 201, json: { number: 1, reason: 'bots' } });
      for (const window of ['all', 'period'] as const) expect(await without(window)).toEqual([3]);
      await award(ada, 50, 'd');
      await keep(laurel);
      for (const window of ['all', 'period'] as const) expect(await without(window)).toEqual([3]);
      const left = await sql<{ score: string }>(
        laurel,
        'select distinct score from $schema.standing where contest_id = $1 and participant_id = $2',
        [id, ada.id],
      );
      expect(left.map(({ score }) => Number(score))).toEqual([0]);
      const causes = await sql<{ cause: string }>(
        laurel,
        `select cause from $schema.ledger where contest_id = $1 and cause like 'disqualified:%' order by seq`,
        [id],
      );
      expect(causes.length).toBe(period === 'contest' ? 2 : 3);
      if (period === 'contest') expect(causes[0]?.cause).toBe(`disqualified:${ada.id}`);
      expect(await laurel.recount()).toEqual([]);
    },
  );

  it('makes one chain of many at once, each once, and names nobody', async () => {
    const people = await stage.people(12);
    const { id, slug } = await stage.begin();
    const answers = await Promise.all(
      [...people, ...people].map(({ externalId }) =>
        stage.disqualify(slug, { participant: externalId, reason: 'bots' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(12).fill(201), ...Array(12).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('already_disqualified');
    const page = (cursor = '') =>
      ask(laurel, 'GET', `/contests/${slug}/disqualifications?limit=7${cursor}`, { credential: laurel.publishableKey });
    const first = await page();
    const rest = await page(`&cursor=${first.json.nextCursor}`);
    const items = [...first.json.items, ...rest.json.items];
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(brokenLink(id, items)).toBeNull();
    expect(rest.json.nextCursor).toBeNull();
    const text = first.text + rest.text;
    for (const person of people) {
      for (const personal of [person.id, `"${person.externalId}"`]) expect(text).not.toContain(personal);
    }
  });
});
