import { brokenLink } from '@laurelkit/sdk/draws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { draw, entryIdOf, keep } from './drawn.ts';
import { readable, smtpServer } from './smtp.ts';
import { ask, dump, eventually, newcomers, sql, storageName, testLaurel } from './support.ts';

const day = 86_400_000;
const start = new Date('2026-05-01T00:00:00Z');
const end = new Date('2026-06-01T00:00:00Z');
const after = new Date('2026-06-02T00:00:00Z');
const form = {
  days: 7,
  fields: [
    { id: 'size', label: 'Size', choices: ['S', 'M'] },
    { id: 'note', label: 'Note', required: false },
  ],
};

interface Seen {
  place: number;
  state: string;
  who: string;
}

describe(`winners (${storageName})`, () => {
  let smtp: Awaited<ReturnType<typeof smtpServer>>;
  let laurel: TestLaurel;
  let contests = 0;
  const newcomer = newcomers(() => laurel);

  const people = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const externalId = await newcomer();
        return { externalId, id: (await laurel.api.participants.get({ participant: externalId })).id };
      }),
    );
  /** A contest, running in May; everything is as of that. */
  const begin = async (more: Record<string, unknown> = {}) => {
    laurel.travelTo(new Date('2026-04-01T00:00:00Z'));
    const slug = `contest-${++contests}`;
    const made = await laurel.api.contests.create({
      ...{ program: 'friends', slug, name: `Contest ${contests}`, timeZone: 'Europe/Lisbon' },
      ...{ startsAt: start.toISOString(), endsAt: end.toISOString(), prizes: [{ name: 'Cup', winners: 2 }] },
      ...more,
    });
    laurel.travelTo(new Date('2026-05-10T00:00:00Z'));
    return made;
  };
  const secret = (method: string, path: string, body?: unknown) =>
    ask(laurel, method, path, { credential: laurel.secretKey, body });
  const winnersOf = async (contest: string): Promise<Seen[]> =>
    (await secret('GET', `/contests/${contest}/winners`)).json.items.map(
      ({ place, state, externalId }: { place: number; state: string; externalId: string }) => ({
        place,
        state,
        who: externalId,
      }),
    );
  const winnersOnce = (contest: string, count: number) =>
    eventually(
      () => winnersOf(contest),
      (found) => found.length === count,
    );
  const stateOf = async (contest: string) => (await laurel.api.contests.get({ contest })).state;
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const winnerOf = async (contest: string, externalId: string) =>
    (await laurel.api.draws.winners({ contest, limit: 100 })).items.find((each) => each.externalId === externalId);
  const claim = async (contest: string, externalId: string, values: Record<string, string> = { size: 'M' }) => {
    const winner = await winnerOf(contest, externalId);
    return ask(laurel, 'POST', `/winners/${winner?.id}/claim`, {
      credential: await tokenOf(externalId),
      body: { values },
    });
  };
  const eventsOf = async (contest: string, name: string) =>
    sql<{ payload: Record<string, unknown> }>(
      laurel,
      `select payload from $schema.event where name = $1 and payload ->> 'contest' = $2 order by id`,
      [name, contest],
    );
  const giveAddress = async (externalId: string, confirmed = true) => {
    await laurel.api.participants.upsert({ externalId, email: `${externalId}@own.example` });
    await sql(
      laurel,
      `update $schema.participant_contact set confirmed_at = case when $2::boolean then now() end
       where participant_id = (select id from $schema.participant where external_id = $1)`,
      [externalId, confirmed],
    );
  };

  beforeAll(async () => {
    smtp = await smtpServer((address) => address.startsWith('refused'));
    laurel = await testLaurel({ mail: smtp.mail });
    await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/welcome' });
  });
  afterAll(() => smtp.close());

  it('gives places in order, the first prize’s first, and closes once all is claimed', async () => {
    const [ada, bob, cleo, dan] = (await people(4)) as [P, P, P, P];
    const { id, slug } = await begin({ prizes: [{ name: 'Cup' }, { name: 'Mug', winners: 2 }], claim: form });
    laurel.travelTo(after);
    await draw(
      laurel,
      id,
      [cleo, ada, dan, bob].map(({ id: participant }) => ({ participant })),
    );
    expect(await winnersOnce(slug, 3)).toEqual([
      { place: 1, state: 'selected', who: cleo.externalId },
      { place: 2, state: 'selected', who: ada.externalId },
      { place: 3, state: 'selected', who: dan.externalId },
    ]);
    const selected = await eventsOf(id, 'winner.selected');
    expect(selected.map(({ payload }) => [payload.participant, payload.place, payload.prize])).toEqual([
      [cleo.id, 1, 'Cup'],
      [ada.id, 2, 'Mug'],
      [dan.id, 3, 'Mug'],
    ]);
    for (const { externalId } of [cleo, ada, dan]) {
      expect(await stateOf(slug)).toBe('drawn');
      expect(await claim(slug, externalId)).toMatchObject({
        status: 200,
        json: { state: 'claimed', claimedAt: after.toISOString() },
      });
    }
    expect(
      await eventually(
        () => stateOf(slug),
        (state) => state === 'closed',
      ),
    ).toBe('closed');
    await keep(laurel);
    expect(await eventsOf(id, 'contest.closed')).toHaveLength(1);
    expect(await eventsOf(id, 'winner.claimed')).toHaveLength(3);
    expect((await laurel.api.draws.winners({ contest: slug, limit: 2 })).nextCursor).not.toBeNull();
  });

  it('needs no claim where none is asked for, and closes by publishing where the host reviews results', async () => {
    const [ada] = (await people(1)) as [P];
    const { id, slug } = await begin({ publishResults: 'by_hand' });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }]);
    expect(await winnersOnce(slug, 1)).toEqual([{ place: 1, state: 'claimed', who: ada.externalId }]);
    expect(await stateOf(slug)).toBe('drawn');
    await sql(laurel, 'update $schema.contest_draw set published_at = now() where contest_id = $1', [id]);
    await keep(laurel);
    expect(
      await eventually(
        () => stateOf(slug),
        (state) => state === 'closed',
      ),
    ).toBe('closed');
    expect(await claim(slug, ada.externalId, {})).toMatchObject({ status: 200, json: { state: 'claimed' } });
  });

  it('writes to winners with a confirmed address, and to nobody else', async () => {
    const [ada, bob] = (await people(2)) as [P, P];
    await giveAddress(ada.externalId);
    await giveAddress(bob.externalId, false);
    const { id, slug, name } = await begin({ claim: form });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }, { participant: bob.id }]);
    await winnersOnce(slug, 2);
    const [letter] = await eventually(
      () => smtp.to(`${ada.externalId}@own.example`),
      (letters) => letters.length > 0,
    );
    const text = readable(letter?.raw ?? '');
    for (const part of [
      `Subject: You have won: ${name}`,
      '“Cup” (place 1)',
      'June 9, 2026',
      '1:00',
      'Europe/Lisbon',
      'https://shop.example/welcome',
    ]) {
      expect(text).toContain(part);
    }
    for (const personal of [bob.externalId, ada.id, bob.id]) expect(text).not.toContain(personal);
    const told = await eventually(
      () => winnerOf(slug, ada.externalId),
      (winner) => winner?.notifiedAt != null,
    );
    expect(text).toContain(`Message-ID: <${told?.id}@laurel.invalid>`);
    const deadline = new Date(after.getTime() + 7 * day).toISOString();
    expect(told).toMatchObject({
      notifiedAt: after.toISOString(),
      claimBy: deadline,
      email: `${ada.externalId}@own.example`,
    });
    expect(await winnerOf(slug, bob.externalId)).toMatchObject({ notifiedAt: after.toISOString(), claimBy: deadline });
    await keep(laurel);
    expect(smtp.to(`${ada.externalId}@own.example`)).toHaveLength(1);
    expect(smtp.to(`${bob.externalId}@own.example`)).toHaveLength(0);
  });

  it('speaks the language an address was confirmed in', async () => {
    const [ada] = (await people(1)) as [P];
    await giveAddress(ada.externalId);
    await sql(
      laurel,
      `insert into $schema.join_request (id, token_hash, program_id, email, email_key, locale, return_to, consent_text, expires_at, confirmed_at)
       select gen_random_uuid(), 'hash', (select id from $schema.program), email, email_key, 'pt-PT', '', '', now(), now()
       from $schema.participant_contact where participant_id = $1`,
      [ada.id],
    );
    const { id } = await begin({ claim: form });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }]);
    const [letter] = await eventually(
      () => smtp.to(`${ada.externalId}@own.example`),
      (letters) => letters.length > 0,
    );
    expect(readable(letter?.raw ?? '')).toContain('Parabéns!');
  });

  it('shows the host who could not be reached; their time runs all the same', async () => {
    const [ada] = (await people(1)) as [P];
    await giveAddress(ada.externalId);
    await laurel.api.participants.upsert({
      externalId: ada.externalId,
      email: `refused-${ada.externalId}@own.example`,
    });
    await sql(laurel, 'update $schema.participant_contact set confirmed_at = now() where participant_id = $1', [
      ada.id,
    ]);
    const { id, slug } = await begin({ claim: form });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }]);
    const [row] = await eventually(
      () =>
        sql<{ notify_attempts: number }>(
          laurel,
          'select notify_attempts from $schema.contest_winner where contest_id = $1',
          [id],
        ),
      ([winner]) => winner?.notify_attempts === 12,
    );
    expect(row?.notify_attempts).toBe(12);
    expect(await winnerOf(slug, ada.externalId)).toMatchObject({
      notifiedAt: null,
      claimBy: new Date(after.getTime() + 7 * day).toISOString(),
    });
  });

  it('lets the one who won claim, with a whole form, and nobody else', async () => {
    const [ada, bob] = (await people(2)) as [P, P];
    const { id, slug } = await begin({ claim: form, prizes: [{ name: 'Cup' }] });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }, { participant: bob.id }]);
    await winnersOnce(slug, 1);
    const winner = (await winnerOf(slug, ada.externalId))?.id ?? '';
    const others = await ask(laurel, 'POST', `/winners/${winner}/claim`, {
      credential: await tokenOf(bob.externalId),
      body: {},
    });
    const nobodys = await ask(laurel, 'POST', '/winners/0197b1c8-0000-7000-8000-000000000000/claim', {
      credential: await tokenOf(bob.externalId),
      body: {},
    });
    expect(others).toMatchObject({ status: 404, json: { code: 'winner_not_found' } });
    expect({ ...others.json, instance: 0, request: 0 }).toEqual({ ...nobodys.json, instance: 0, request: 0 });
    expect(await claim(slug, ada.externalId, { note: 'x', size: ' ' })).toMatchObject({
      status: 422,
      json: { code: 'claim_incomplete', errors: [{ pointer: '#/values/size', detail: 'is required' }] },
    });
    expect((await claim(slug, ada.externalId, { size: 'XXL', fax: '1' })).json.errors).toEqual([
      { pointer: '#/values/size', detail: 'must be one of "S", "M"' },
      { pointer: '#/values/fax', detail: 'is not asked for' },
    ]);
    expect((await claim(slug, ada.externalId, { size: 'S', note: 'canary street 7' })).status).toBe(200);
    expect((await winnerOf(slug, ada.externalId))?.claim).toEqual({ size: 'S', note: 'canary street 7' });
    expect(Object.values(await dump(laurel)).join('\n')).not.toContain('canary street');
    expect((await claim(slug, ada.externalId, { size: 'M' })).status).toBe(200);
    laurel.travelTo(new Date(after.getTime() + 7 * day));
    expect((await claim(slug, ada.externalId, { size: 'M' })).status).toBe(200);
    expect((await claim(slug, ada.externalId, { size: 'S' })).json.code).toBe('claim_state_conflict');
    expect((await winnerOf(slug, ada.externalId))?.claim).toEqual({ size: 'M' });
    expect(await eventsOf(id, 'winner.claimed')).toHaveLength(1);
  });

  it('counts 50 claims at once as one', async () => {
    const [ada] = (await people(1)) as [P];
    const { id, slug } = await begin({ claim: form });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }]);
    await winnersOnce(slug, 1);
    const winner = (await winnerOf(slug, ada.externalId))?.id;
    const credential = await tokenOf(ada.externalId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        ask(laurel, 'POST', `/winners/${winner}/claim`, { credential, body: { values: { size: 'M' } } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(await eventsOf(id, 'winner.claimed')).toHaveLength(1);
  });

  it('gives what nobody claimed in time to the next in order, until nobody is left', async () => {
    const [ada, bob, cleo] = (await people(3)) as [P, P, P];
    const { id, slug } = await begin({ claim: form, prizes: [{ name: 'Cup', winners: 2 }] });
    laurel.travelTo(after);
    await draw(laurel, id, [{ participant: ada.id }, { participant: bob.id }, { participant: cleo.id }]);
    await winnersOnce(slug, 2);
    await claim(slug, bob.externalId);
    laurel.travelTo(new Date(after.getTime() + 7 * day - 1));
    await keep(laurel);
    expect(await claim(slug, ada.externalId)).toMatchObject({ status: 200 });
    const [dan, eve, finn] = (await people(3)) as [P, P, P];
    const second = await begin({ claim: form, prizes: [{ name: 'Cup' }] });
    laurel.travelTo(after);
    await draw(laurel, second.id, [{ participant: dan.id }, { participant: eve.id }, { participant: finn.id }]);
    await winnersOnce(second.slug, 1);
    const first = await winnerOf(second.slug, dan.externalId);
    laurel.travelTo(new Date(after.getTime() + 7 * day));
    expect((await claim(second.slug, dan.externalId)).json.code).toBe('claim_state_conflict');
    await keep(laurel);
    expect(await winnersOnce(second.slug, 2)).toEqual([
      { place: 1, state: 'lapsed', who: dan.externalId },
      { place: 1, state: 'selected', who: eve.externalId },
    ]);
    const substitute = await winnerOf(second.slug, eve.externalId);
    expect(substitute).toMatchObject({
      replaces: first?.id,
      claimBy: new Date(after.getTime() + 14 * day).toISOString(),
    });
    const lapsed = await secret('POST', `/winners/${substitute?.id}/lapse`, { reason: 'does not want it' });
    expect(lapsed).toMatchObject({ status: 200, json: { state: 'lapsed' } });
    expect((await secret('POST', `/winners/${substitute?.id}/lapse`, { reason: 'again' })).status).toBe(200);
    await winnersOnce(second.slug, 3);
    await claim(second.slug, finn.externalId);
    const last = await winnerOf(second.slug, finn.externalId);
    expect((await secret('POST', `/winners/${last?.id}/lapse`, { reason: 'late' })).json.code).toBe(
      'claim_state_conflict',
    );
    expect(
      await eventually(
        () => stateOf(second.slug),
        (state) => state === 'closed',
      ),
    ).toBe('closed');
    expect(await eventsOf(second.id, 'winner.lapsed')).toHaveLength(2);
    const [gone] = (await people(1)) as [P];
    const third = await begin({ claim: form });
    laurel.travelTo(after);
    await draw(laurel, third.id, [{ participant: gone.id }]);
    await winnersOnce(third.slug, 1);
    laurel.travelTo(new Date(after.getTime() + 7 * day));
    await keep(laurel);
    expect(
      await eventually(
        () => stateOf(third.slug),
        (state) => state === 'closed',
      ),
    ).toBe('closed');
  });

  it('one winner only is replaced, and a replacement is the next in order, not the first valid', async () => {
    const order = await people(6);
    const { id, slug } = await begin({ claim: form, prizes: [{ name: 'Cup', winners: 3 }] });
    laurel.travelTo(after);
    await draw(
      laurel,
      id,
      order.map(({ id: participant }) => ({ participant })),
    );
    await winnersOnce(slug, 3);
    const before = (await laurel.api.draws.winners({ contest: slug })).items;
    const [first, second, , fourth, fifth] = order as [P, P, P, P, P, P];
    expect(
      await secret('POST', `/contests/${slug}/disqualifications`, {
        participant: fourth.externalId,
        reason: 'two accounts',
      }),
    ).toMatchObject({ status: 201 });
    const taken = await secret('POST', `/contests/${slug}/disqualifications`, {
      entryId: entryIdOf(id, second.id),
      reason: 'bought points',
    });
    expect(taken).toMatchObject({ status: 201, json: { number: 2, entryId: entryIdOf(id, second.id) } });
    const found = await winnersOnce(slug, 4);
    expect(found).toEqual([
      { place: 1, state: 'selected', who: first.externalId },
      { place: 2, state: 'disqualified', who: second.externalId },
      { place: 2, state: 'selected', who: fifth.externalId },
      { place: 3, state: 'selected', who: order[2]?.externalId },
    ]);
    const afterwards = (await laurel.api.draws.winners({ contest: slug })).items;
    for (const place of [1, 3]) {
      expect(afterwards.find((each) => each.place === place)).toEqual(before.find((each) => each.place === place));
    }
    expect((await winnerOf(slug, fifth.externalId))?.replaces).toBe((await winnerOf(slug, second.externalId))?.id);
    expect((await claim(slug, second.externalId)).json.code).toBe('claim_state_conflict');
    const again = await secret('POST', `/contests/${slug}/disqualifications`, {
      participant: second.id,
      reason: 'again',
    });
    expect(again).toMatchObject({ status: 409, json: { code: 'already_disqualified' } });
    for (const { externalId } of [first, fifth, order[2] as P]) await claim(slug, externalId);
    await eventually(
      () => stateOf(slug),
      (state) => state === 'closed',
    );
    const late = await secret('POST', `/contests/${slug}/disqualifications`, { participant: first.id, reason: 'late' });
    expect(late.json.code).toBe('contest_closed');
    const { items } = await laurel.api.draws.disqualifications({ contest: slug });
    expect(brokenLink(id, items)).toBeNull();
  });

  it('takes somebody off the boards before the end, whatever they earn afterwards', async () => {
    const [ada, bob] = (await people(2)) as [P, P];
    for (const period of ['contest', 'day'] as const) {
      const { id, slug } = await begin({ period });
      const award = (participant: string, points: number, idempotencyKey: string) =>
        laurel.api.points.award({ contest: slug, participant, points, idempotencyKey });
      const board = async (window: 'all' | 'period') =>
        (await laurel.api.leaderboards.list({ contest: slug, window })).items
          .filter(({ score }) => score > 0)
          .map(({ score }) => score);
      await award(ada.externalId, 5, 'a');
      laurel.travelTo(new Date('2026-05-11T00:00:00Z'));
      await award(ada.externalId, 4, 'b');
      await award(bob.externalId, 3, 'c');
      expect(
        (await secret('POST', `/contests/${slug}/disqualifications`, { entryId: 'unknown', reason: 'x' })).json.code,
      ).toBe('entry_not_found');
      const out = await secret('POST', `/contests/${slug}/disqualifications`, {
        entryId: entryIdOf(id, ada.id),
        reason: 'bots',
      });
      expect(out).toMatchObject({ status: 201, json: { number: 1, reason: 'bots' } });
      for (const window of ['all', 'period'] as const) {
        expect(
          await eventually(
            () => board(window),
            (scores) => scores.length === 1,
          ),
        ).toEqual([3]);
      }
      await award(ada.externalId, 50, 'd');
      await keep(laurel);
      expect(
        await eventually(
          () => board('all'),
          (scores) => scores.length === 1,
        ),
      ).toEqual([3]);
      const causes = await sql<{ cause: string }>(
        laurel,
        `select cause from $schema.ledger where contest_id = $1 and cause like 'disqualified:%' order by seq`,
        [id],
      );
      expect(causes.length).toBeGreaterThanOrEqual(2);
      if (period === 'contest') expect(causes[0]?.cause).toBe(`disqualified:${ada.id}`);
      const kept = await sql<{ score: string }>(
        laurel,
        'select score from $schema.standing where contest_id = $1 and participant_id = $2',
        [id, ada.id],
      );
      expect(kept.map(({ score }) => Number(score)).every((score) => score === 0)).toBe(true);
    }
    expect(await laurel.recount()).toEqual([]);
  });

  it('keeps the chain whole when many are taken out at once, each once', async () => {
    const crowd = await people(12);
    const { id, slug } = await begin();
    const answers = await Promise.all(
      [...crowd, ...crowd].map(({ externalId }) =>
        secret('POST', `/contests/${slug}/disqualifications`, { participant: externalId, reason: 'bots' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(12).fill(201), ...Array(12).fill(409)]);
    const list = await ask(laurel, 'GET', `/contests/${slug}/disqualifications?limit=7`, {
      credential: laurel.publishableKey,
    });
    const rest = await ask(
      laurel,
      'GET',
      `/contests/${slug}/disqualifications?limit=7&cursor=${list.json.nextCursor}`,
      {
        credential: laurel.publishableKey,
      },
    );
    const items = [...list.json.items, ...rest.json.items];
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(brokenLink(id, items)).toBeNull();
    expect(await eventsOf(id, 'contest.disqualified')).toHaveLength(12);
    for (const { id: participant, externalId } of crowd) {
      expect(list.text + rest.text).not.toContain(participant);
      expect(list.text + rest.text).not.toContain(`"${externalId}"`);
    }
  });

  it('shares the prize among those of one rank: of two that are first, nobody is second', async () => {
    const [ada, bob, cleo, dan, eve] = (await people(5)) as [P, P, P, P, P];
    const { id, slug } = await begin({
      claim: form,
      tiePolicy: 'shared',
      prizes: [{ name: 'Cup' }, { name: 'Mug', winners: 2 }],
    });
    laurel.travelTo(after);
    await draw(laurel, id, [
      ...[ada, bob].map(({ id: participant }) => ({ participant, rank: 1, weight: 9 })),
      { participant: cleo.id, rank: 3, weight: 5 },
      ...[dan, eve].map(({ id: participant }) => ({ participant, rank: 4, weight: 1 })),
    ]);
    expect(await winnersOnce(slug, 3)).toEqual([
      { place: 1, state: 'selected', who: ada.externalId },
      { place: 1, state: 'selected', who: bob.externalId },
      { place: 3, state: 'selected', who: cleo.externalId },
    ]);
    await secret('POST', `/contests/${slug}/disqualifications`, { participant: cleo.id, reason: 'bots' });
    expect((await winnersOnce(slug, 5)).filter(({ place }) => place === 3)).toEqual([
      { place: 3, state: 'disqualified', who: cleo.externalId },
      { place: 3, state: 'selected', who: dan.externalId },
      { place: 3, state: 'selected', who: eve.externalId },
    ]);
  });

  it('gives each who reached milestones the best prize that is left, once', async () => {
    const [ada, bob, cleo, dan] = (await people(4)) as [P, P, P, P];
    const { id, slug } = await begin({
      ...{ kind: 'milestone', claim: form },
      prizes: [
        { name: 'Bronze', winners: 2, atPoints: 10 },
        { name: 'Gold', winners: 1, atPoints: 100 },
      ],
    });
    laurel.travelTo(after);
    await draw(laurel, id, [
      { participant: ada.id, weight: 150 },
      { participant: bob.id, weight: 120 },
      { participant: cleo.id, weight: 20 },
      { participant: dan.id, weight: 11 },
    ]);
    expect(await winnersOnce(slug, 3)).toEqual([
      { place: 1, state: 'selected', who: bob.externalId },
      { place: 2, state: 'selected', who: cleo.externalId },
      { place: 3, state: 'selected', who: ada.externalId },
    ]);
    await secret('POST', `/contests/${slug}/disqualifications`, { participant: ada.id, reason: 'bots' });
    await secret('POST', `/contests/${slug}/disqualifications`, { participant: cleo.id, reason: 'bots' });
    expect((await winnersOnce(slug, 4)).filter(({ state }) => state === 'selected')).toEqual([
      { place: 1, state: 'selected', who: bob.externalId },
      { place: 2, state: 'selected', who: dan.externalId },
    ]);
  });
});

interface P {
  externalId: string;
  id: string;
}
