import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { eventsOf, kept, stepsOf } from './keep.ts';
import { ask, databaseUrl, inHostTransaction, refer, seed, sql, storageName, testLaurel } from './support.ts';

const program = 'friends';
const minute = 60_000;

describe(`the life of a contest (${storageName})`, () => {
  let laurel: TestLaurel;
  let server: Server;
  let baseUrl: string;

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob']);
    await refer(laurel.api, 'ada', 'bob');
    server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  afterEach(() => laurel.travelTo(null));

  it('goes from draft to its end, over HTTP through the SDK', async () => {
    const began = Date.now();
    const at = (minutes: number) => new Date(began + minutes * minute);
    const travel = (minutes: number) => laurel.travelTo(at(minutes));
    const { token } = await laurel.api.staff.createToken({ name: 'Kim', expiresIn: 3600 });
    const staff = createClient({ baseUrl, token, validate: contract });
    const visitor = createClient({ baseUrl, key: laurel.publishableKey, validate: contract });
    const participant = createClient({
      baseUrl,
      token: (await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 })).token,
      validate: contract,
    });
    const contest = 'sprint';
    const buy = (idempotencyKey: string) =>
      laurel.api.conversions.create({ program, participant: 'bob', event: 'purchase', idempotencyKey });
    const score = async () => (await participant.leaderboards.standing({ contest, around: 0 })).standing?.score ?? 0;

    await staff.contests.create({
      ...{ program, slug: contest, name: 'Sprint', state: 'draft' },
      ...{ startsAt: at(10).toISOString(), endsAt: at(30).toISOString() },
    });
    await expect(visitor.contests.get({ contest })).rejects.toMatchObject({ code: 'contest_not_found' });
    await expect(visitor.contests.history({ contest })).rejects.toMatchObject({ code: 'contest_not_found' });
    await expect(visitor.contests.rules({ contest })).rejects.toMatchObject({ code: 'contest_not_found' });
    expect(await staff.contests.update({ contest, state: 'scheduled', startsAt: at(5).toISOString() })).toMatchObject({
      state: 'scheduled',
      rulesVersion: 1,
    });
    for (const move of ['pause', 'resume'] as const) {
      await expect(staff.contests[move]({ contest, note: 'Too early.' })).rejects.toMatchObject({
        code: 'contest_state_conflict',
      });
    }
    await buy('early');

    travel(5);
    expect(await visitor.contests.get({ contest })).toMatchObject({ state: 'live' });
    await kept(laurel, async () => (await stepsOf(laurel, contest)).includes('scheduled>live'));
    await buy('first');
    expect(await score()).toBe(1);
    await expect(staff.contests.update({ contest, tiePolicy: 'draw' })).rejects.toMatchObject({
      code: 'contest_state_conflict',
    });
    for (const client of [visitor, participant]) {
      await expect(client.contests.pause({ contest, note: 'No.' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(client.contests.update({ contest, name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
    }

    travel(10);
    await staff.contests.pause({ contest, note: 'The shop is down.' });
    expect(await visitor.contests.get({ contest })).toMatchObject({ state: 'paused' });
    await buy('paused');
    await expect(
      laurel.api.points.award({ contest, participant: 'ada', points: 5, idempotencyKey: 'paused' }),
    ).rejects.toMatchObject({ code: 'contest_not_live' });
    expect(await score()).toBe(1);
    await expect(staff.contests.pause({ contest, note: 'Again.' })).rejects.toMatchObject({
      code: 'contest_state_conflict',
    });

    travel(15);
    const extension = { contest, endsAt: at(40).toISOString(), note: 'Ten minutes for the outage.' };
    for (const endsAt of [at(30), at(20), at(-10)]) {
      await expect(staff.contests.extend({ ...extension, endsAt: endsAt.toISOString() })).rejects.toMatchObject({
        code: 'contest_state_conflict',
      });
    }
    expect(await staff.contests.extend(extension)).toMatchObject({ state: 'paused', rulesVersion: 2 });
    expect(await staff.contests.resume({ contest, note: 'It is up again.' })).toMatchObject({ state: 'live' });
    travel(35);
    await buy('second');
    expect(await score()).toBe(2);

    laurel.travelTo(new Date(at(40).getTime() - 1));
    expect(await visitor.contests.get({ contest })).toMatchObject({ state: 'live' });
    await buy('last');
    travel(40);
    expect(await visitor.contests.get({ contest })).toMatchObject({ state: 'frozen' });
    await buy('late');
    expect(await score()).toBe(3);
    for (const change of [
      () => staff.contests.extend({ ...extension, endsAt: at(50).toISOString() }),
      () => staff.contests.pause({ contest, note: 'Too late.' }),
      () => staff.contests.update({ contest, name: 'Other' }),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'contest_state_conflict' });
    }

    const { items } = await visitor.contests.history({ contest });
    const told = { note: null, from: null };
    expect(items.slice(0, 6)).toEqual([
      { ...told, to: 'draft', at: expect.any(String) },
      { ...told, from: 'draft', to: 'scheduled', at: expect.any(String) },
      { ...told, from: 'scheduled', to: 'live', at: at(5).toISOString() },
      { from: 'live', to: 'paused', note: 'The shop is down.', at: at(10).toISOString() },
      { from: 'paused', to: 'paused', note: extension.note, at: at(15).toISOString() },
      { from: 'paused', to: 'live', note: 'It is up again.', at: at(15).toISOString() },
    ]);
    const actors = (await staff.contests.history({ contest })).items.slice(0, 6).map(({ actor }) => actor);
    const kim = 'staff:Kim';
    expect(actors).toEqual([kim, kim, 'system', kim, kim, kim]);
    for (const name of ['started', 'paused', 'extended', 'resumed']) {
      expect(await eventsOf(laurel, `contest.${name}`, contest)).toBe(1);
    }
    expect(await laurel.recount()).toEqual([]);
  });

  it('is refused where it cannot work, with all that is wrong', async () => {
    const body = {
      program,
      slug: 'faulty',
      name: 'Faulty',
      startsAt: '2030-01-01T00:00:00Z',
      endsAt: '2030-02-01T00:00:00Z',
    };
    const prizes = [{ name: 'Mug', atPoints: 5 }];
    const answer = await ask(laurel, 'POST', '/contests', {
      credential: laurel.secretKey,
      body: { ...body, kind: 'league', prizes },
    });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: 'contest_invalid' });
    expect(answer.json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/league',
      '#/prizes/0/atPoints',
    ]);
    await laurel.api.contests.create({ ...body, kind: 'milestone', prizes });
    await expect(laurel.api.contests.update({ contest: 'faulty', kind: 'raffle' })).rejects.toMatchObject({
      code: 'contest_invalid',
    });
  });

  it('is closed by the host once all is counted, where there are no prizes', async () => {
    const past = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' };
    await laurel.api.contests.create({ program, slug: 'past', name: 'Past', ...past });
    expect(await laurel.api.contests.update({ contest: 'past', state: 'closed' })).toMatchObject({ state: 'closed' });
    const steps = await stepsOf(laurel, 'past');
    expect([steps.slice(0, 2), steps.at(-1)]).toEqual([['>scheduled', 'scheduled>live'], 'frozen>closed']);
    await expect(laurel.api.contests.update({ contest: 'past', name: 'Other' })).rejects.toMatchObject({
      code: 'contest_closed',
    });
    await laurel.api.contests.create({ program, slug: 'won', name: 'Won', ...past, prizes: [{ name: 'Mug' }] });
    await expect(laurel.api.contests.update({ contest: 'won', state: 'closed' })).rejects.toMatchObject({
      code: expect.stringMatching(/^contest_(state_conflict|closed)$/),
    });
  });

  it('is paused, resumed and extended once by many at once', async () => {
    const contest = 'spring';
    const many = async (work: (n: number) => Promise<unknown>) => {
      const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => work(n)));
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'contest_state_conflict' });
      }
      return results.filter(({ status }) => status === 'fulfilled').length;
    };
    const endsAt = new Date(Date.now() + 50 * 86_400_000).toISOString();
    expect(await many((n) => laurel.api.contests.pause({ contest, note: `Pause ${n}.` }))).toBe(1);
    expect(await many((n) => laurel.api.contests.extend({ contest, endsAt, note: `Longer ${n}.` }))).toBe(1);
    expect(await many((n) => laurel.api.contests.resume({ contest, note: `On again ${n}.` }))).toBe(1);
    expect((await stepsOf(laurel)).slice(1)).toEqual(['scheduled>live', 'live>paused', 'paused>paused', 'paused>live']);
    for (const name of ['started', 'paused', 'extended', 'resumed']) {
      expect(await eventsOf(laurel, `contest.${name}`)).toBe(1);
    }
  });

  it('lets the staff choose a programme', async () => {
    const { token } = await laurel.api.staff.createToken({ name: 'Kim', expiresIn: 3600 });
    const staff = createClient({ baseUrl, token, validate: contract });
    expect((await staff.programs.list()).items).toMatchObject([{ slug: program, riskMode: 'normal' }]);
    expect(await staff.programs.get({ program })).toMatchObject({ slug: program, riskMode: 'normal' });
  });

  it('has begun for a transaction that began before it', async () => {
    const contest = 'meanwhile';
    await inHostTransaction(async (transaction) => {
      const { contests } = laurel.api.with(transaction);
      const { query } = enlist(transaction);
      const [clock] = await query<{ soon: Date }>(`select now() + interval '1 second' as soon`);
      const startsAt = clock?.soon.toISOString() ?? '';
      const endsAt = new Date(Date.now() + 60 * minute).toISOString();
      await contests.create({ ...{ program, slug: contest, name: 'Meanwhile' }, startsAt, endsAt });
      await query('select pg_sleep_until($1::timestamptz)', [startsAt]);
      await expect(contests.update({ contest, period: 'week' })).rejects.toMatchObject({
        code: 'contest_state_conflict',
        message: expect.stringContaining('"period" cannot change once the contest has begun'),
      });
      await contests.pause({ contest, note: 'A rest.' });
    });
    const { items } = await laurel.api.contests.history({ contest });
    expect(items.map(({ to }) => to)).toEqual(['scheduled', 'live', 'paused']);
  });
});

describe(`the start of a contest (${storageName})`, () => {
  it('is told once, whoever keeps contests, also when it ended meanwhile', async () => {
    const idle = await testLaurel({ background: false });
    await seed(idle.api, []);
    const slugs = Array.from({ length: 120 }, (_, n) => `c-${n}`);
    for (const slug of slugs) {
      const startsAt = new Date(Date.now() + 3_600_000).toISOString();
      const endsAt = new Date(Date.now() + 7_200_000).toISOString();
      await idle.api.contests.create({ program, slug, name: slug, startsAt, endsAt });
    }
    const nodes = [await testLaurel({ schema: idle.schema }), await testLaurel({ schema: idle.schema })] as const;
    const started = async () =>
      (
        await sql<{ steps: number; events: number }>(
          idle,
          `select count(*)::int as steps,
             (select count(*) from $schema.event where name = 'contest.started'
               and payload ->> 'contest' in (select id::text from $schema.contest where slug like 'c-%'))::int as events
           from $schema.contest_step join $schema.contest on contest.id = contest_id
           where slug like 'c-%' and from_state = 'scheduled' and to_state = 'live'`,
        )
      )[0];
    expect(await started()).toEqual({ steps: 0, events: 0 });
    // Every other one has ended by the time anybody looks.
    await sql(
      idle,
      `update $schema.contest set starts_at = now() - interval '2 hours',
         ends_at = case when slug like '%0' then now() - interval '1 hour' else ends_at end where slug like 'c-%'`,
    );
    await Promise.all(nodes.map((node) => kept(node, async () => (await started())?.steps === slugs.length)));
    expect(await started()).toEqual({ steps: slugs.length, events: slugs.length });
  });
});

// Embedded storage has the clock of the process.
describe.skipIf(!databaseUrl)('the clock of a node', () => {
  afterEach(() => void vi.useRealTimers());

  it.each([2, -2])('%s days off moves no deadline', async (days) => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob']);
    await refer(laurel.api, 'ada', 'bob');
    const hour = 3_600_000;
    const real = Date.now();
    const create = (slug: string, from: number, to: number) =>
      laurel.api.contests.create({
        ...{ program, slug, name: slug },
        ...{ startsAt: new Date(real + from * hour).toISOString(), endsAt: new Date(real + to * hour).toISOString() },
      });
    await create('over', -2, -1);
    await create('now', -1, 1);
    await create('tomorrow', 24, 25);
    await sql(laurel, `delete from $schema.event`);
    vi.useFakeTimers({ toFake: ['Date'], now: real + days * 24 * hour });
    const node = await testLaurel({ schema: laurel.schema });
    const { api } = node;
    const states = async () =>
      Promise.all(['over', 'now', 'tomorrow'].map(async (contest) => (await api.contests.get({ contest })).state));
    expect(await states()).toEqual(['frozen', 'live', 'scheduled']);
    await api.conversions.create({ program, participant: 'bob', event: 'purchase', idempotencyKey: 'one' });
    const scores = await Promise.all(
      ['over', 'now', 'tomorrow'].map(async (contest) => {
        // Twice: by SQL, and from memory where it is held.
        await api.leaderboards.list({ contest });
        const { items } = await api.leaderboards.list({ contest });
        return items[0]?.score ?? 0;
      }),
    );
    expect(scores).toEqual([0, 1, 0]);
    await kept(node, async () => (await stepsOf(node, 'now')).includes('scheduled>live'));
    expect(await stepsOf(node, 'tomorrow')).toEqual(['>scheduled']);
    expect((await api.contests.pause({ contest: 'now', note: 'A pause.' })).state).toBe('paused');
    await expect(api.contests.pause({ contest: 'over', note: 'A pause.' })).rejects.toMatchObject({
      code: 'contest_state_conflict',
    });
    const { items } = await api.contests.history({ contest: 'now' });
    expect(Math.abs(Date.parse(items.at(-1)?.at ?? '') - real)).toBeLessThan(hour);
  });

  it.each([2, -2])('%s days off neither draws nor lets a place lapse at another time', async (days) => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada']);
    const hour = 3_600_000;
    const real = Date.now();
    const at = (hours: number) => new Date(real + hours * hour).toISOString();
    for (const contest of ['over', 'now']) {
      await laurel.api.contests.create({
        ...{ program, slug: contest, name: contest, startsAt: at(-1), endsAt: at(1) },
        ...{ prizes: [{ name: 'Cup' }], claim: { days: 1 } },
      });
      await laurel.api.points.award({ contest, participant: 'ada', points: 5, idempotencyKey: contest });
    }
    await sql(laurel, `update $schema.contest set ends_at = now() - interval '1 minute' where slug = 'over'`);
    vi.useFakeTimers({ toFake: ['Date'], now: real + days * 24 * hour });
    const node = await testLaurel({ schema: laurel.schema });
    const winners = async (contest: string) => (await node.api.draws.winners({ contest })).items;
    await kept(node, async () => (await winners('over')).length === 1);
    expect(await stepsOf(node, 'over')).toEqual(['>scheduled', 'scheduled>live', 'live>frozen', 'frozen>drawn']);
    const [winner] = await winners('over');
    expect(Math.abs(Date.parse(winner?.claimBy ?? '') - real - 24 * hour)).toBeLessThan(hour);
    // It looks for what is due once more, after it has given the place.
    await sql(laurel, `update $schema.contest set starts_at = now() - interval '2 hours' where slug = 'now'`);
    await kept(node, async () => (await node.api.draws.get({ contest: 'now' })).commitments.length > 0);
    expect(await winners('over')).toMatchObject([{ state: 'selected' }]);
    expect((await node.api.contests.get({ contest: 'now' })).state).toBe('live');
    await sql(laurel, `update $schema.contest_winner set claim_by = now() - interval '1 second'`);
    await kept(node, async () => (await winners('over')).some(({ state }) => state === 'lapsed'));
  });
});
