import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, refer, seed, sql, storageName, testLaurel } from './support.ts';

const endsAt = '2026-05-01T12:00:00.000Z';

interface Line {
  seq: number | null;
  id: string;
  name: string;
  points: number;
  score: number | null;
  occurredAt: string;
}

describe(`the photo finish (${storageName})`, () => {
  let laurel: TestLaurel;
  let sale: string;

  const award = (at: string, participant: string, points: number) => {
    laurel.travelTo(new Date(at));
    return laurel.api.points.award({ contest: 'finish', participant, points, idempotencyKey: `${participant} ${at}` });
  };

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'buyer']);
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'finish', name: 'Finish', startsAt: '2026-04-01T00:00:00Z', endsAt },
      scoring: [{ event: 'buy', points: 7 }],
    });
    await refer(laurel.api, 'ada', 'buyer');
    laurel.travelTo(new Date('2026-04-20T00:00:00Z'));
    const conversion = { program: 'friends', participant: 'buyer', event: 'buy', idempotencyKey: 'sale' };
    sale = (await laurel.api.conversions.create(conversion)).id;
    await award('2026-05-01T10:59:59.999Z', 'bob', 10);
    await award('2026-05-01T11:00:00Z', 'cleo', 5);
    await award('2026-05-01T11:30:00Z', 'bob', 1);
    await award('2026-05-01T11:45:00Z', 'ada', 20);
    await award('2026-05-01T11:59:59.999Z', 'cleo', 9);
  });

  const read = async (query = '', credential = laurel.publishableKey) => {
    const { status, json } = await ask(laurel, 'GET', `/contests/finish/photo-finish${query}`, { credential });
    return { status, ...json } as { status: number; code?: string; items: Line[]; nextCursor: string | null };
  };
  const lines = (items: Line[]) => items.map(({ name, points, score }) => `${name} +${points} = ${score}`);

  it('is the host’s until the contest has ended', async () => {
    laurel.travelTo(new Date('2026-05-01T11:59:59.999Z'));
    const { token } = await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 });
    for (const credential of [laurel.publishableKey, token])
      expect(await read('', credential)).toMatchObject({ status: 409, code: 'not_ended_yet' });
    const { token: staff } = await laurel.api.staff.createToken({ name: 'Sam' });
    for (const credential of [laurel.secretKey, staff]) expect((await read('', credential)).status).toBe(200);
    laurel.travelTo(new Date(endsAt));
    expect((await read()).status).toBe(200);
  });

  it('tells every point of the last hour in order, with the score after it', async () => {
    const { items } = await read();
    expect(lines(items)).toEqual(['cleo +5 = 5', 'bob +1 = 11', 'ada +20 = 27', 'cleo +9 = 14']);
    expect(items.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    expect(items[0]?.occurredAt).toBe('2026-05-01T11:00:00.000Z');
    const board = (await ask(laurel, 'GET', '/contests/finish/leaderboard', { credential: laurel.publishableKey }))
      .json;
    expect(board.items.map(({ id }: Line) => id)).toEqual([items[2]?.id, items[3]?.id, items[1]?.id]);
  });

  it('says the same in pages, and afterwards what came too late, which moves no board', async () => {
    const look = async (path: string) => (await ask(laurel, 'GET', path, { credential: laurel.secretKey })).text;
    const boards = [
      '/contests/finish/leaderboard',
      '/contests/finish/standing?participant=bob',
      `/contests/finish/leaderboard/interval?from=2026-04-01T00:00:00Z&to=2027-01-01T00:00:00Z`,
      '/contests/finish/leaderboard/friends?participant=ada',
      '/contests/finish/leaderboard.csv',
      '/contests/finish/leaderboard/past?seq=100000',
    ];
    await sql(laurel, `update $schema.contest set state = 'frozen' where slug = 'finish'`);
    const before = await Promise.all(boards.map(look));
    await sql(
      laurel,
      `insert into $schema.ledger_late (contest_id, participant_id, points, cause, occurred_at, arrived_at)
       select contest.id, participant.id, 1000, 'late:' || participant.id, $1::timestamptz - interval '1 second', $1::timestamptz + length(external_id) * interval '1 minute'
       from $schema.contest, $schema.participant where contest.slug = 'finish' and external_id in ('bob', 'buyer')`,
      [endsAt],
    );
    for (const state of ['drawn', 'closed']) {
      expect(
        await Promise.all(boards.map(async (path) => (await look(path)).replace(/"state":"\w+"/, '"state":"frozen"'))),
      ).toEqual(before);
      await sql(laurel, `update $schema.contest set state = $1 where slug = 'finish'`, [state]);
    }
    const { items } = await read();
    expect(lines(items).slice(4)).toEqual(['bob +1000 = null', 'buyer +1000 = null']);
    for (const limit of [1, 2, 3, 5]) {
      const all: Line[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof read>> = await read(
          `?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
        );
        expect(page.items.length).toBeLessThanOrEqual(limit);
        // A cursor is somewhere to go on, and nothing about anybody.
        if (page.nextCursor) expect(Buffer.from(page.nextCursor, 'base64url').toString()).toMatch(/^\[\d+,\d+\]$/);
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(all).toEqual(items);
    }
    expect((await read('?cursor=WzFd')).status).toBe(400);
    const csv = await ask(laurel, 'GET', '/contests/finish/photo-finish.csv', { credential: laurel.secretKey });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const rows = items.map((item) =>
      [item.seq ?? '', item.occurredAt, item.name, item.points, item.score ?? ''].join(),
    );
    expect(
      csv.text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.replace(/,'?[\w-]{16}$/, '')),
    ).toEqual(['seq,occurredAt,name,points,score,id', ...rows]);
    const everybody = await ask(laurel, 'GET', '/contests/finish/photo-finish.csv', {
      credential: laurel.publishableKey,
    });
    expect(everybody.status).toBe(403);
  });

  it('holds points that were taken back within it', async () => {
    const { startsAt } = { startsAt: '2026-04-01T00:00:00Z' };
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'taken-back', name: 'Taken back', startsAt, endsAt },
      scoring: [{ event: 'buy', points: 7 }],
    });
    laurel.travelTo(new Date('2026-05-01T11:10:00Z'));
    const conversion = { program: 'friends', participant: 'buyer', event: 'buy', idempotencyKey: 'second' };
    const { id } = await laurel.api.conversions.create(conversion);
    await laurel.api.conversions.reverse({ conversion: id });
    laurel.travelTo(new Date(endsAt));
    const { json } = await ask(laurel, 'GET', '/contests/taken-back/photo-finish', {
      credential: laurel.publishableKey,
    });
    expect(lines(json.items)).toEqual(['ada +7 = 7', 'ada +-7 = 0']);
    expect(sale).not.toBe(id);
  });
});
