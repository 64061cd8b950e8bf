import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, databaseUrl, seed, sql, storageName, testLaurel } from './support.ts';

const day = 86_400_000;

describe(`the board as CSV (${storageName})`, () => {
  let laurel: TestLaurel;
  const names = [
    '=HYPERLINK("https://evil.example")',
    '+1',
    '-1',
    '@import',
    'Ada, "the first"',
    'Bob\nSmith',
    'Zoë 🏆',
  ];

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, [], { period: 'day' });
    for (const [index, displayName] of names.entries()) {
      const participant = `canary-${index}@example.com`;
      await laurel.api.participants.upsert({ externalId: participant, displayName });
      const points = index < 2 ? 50 : 40 - index;
      await laurel.api.points.award({ contest: 'spring', participant, points, idempotencyKey: participant });
    }
  });

  const guarded = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text);

  const csvOf = async (contest: string, query = '') => {
    const answer = await ask(laurel, 'GET', `/contests/${contest}/leaderboard.csv${query}`, {
      credential: laurel.secretKey,
    });
    expect(answer.status, answer.text).toBe(200);
    return { ...answer, rows: parse(answer.text, { columns: true, bom: false }) as Record<string, string>[] };
  };

  it('is the board, a row each, with cells that no spreadsheet runs', async () => {
    const { text, headers, rows } = await csvOf('spring');
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).toBe('attachment; filename="spring-board.csv"');
    expect(text.split('\r\n')[0]).toBe('rank,denseRank,ordinal,name,score,tiedWith,id');
    expect(text.endsWith('\r\n')).toBe(true);
    const { items } = await laurel.api.leaderboards.list({ contest: 'spring' });
    expect(rows).toEqual(
      items.map(({ rank, denseRank, ordinal, name, score, tiedWith, id }) => ({
        ...{
          rank: `${rank}`,
          denseRank: `${denseRank}`,
          ordinal: `${ordinal}`,
          score: `${score}`,
          tiedWith: `${tiedWith}`,
        },
        // One id in 64 begins with a dash.
        ...{ name: guarded(name), id: guarded(id) },
      })),
    );
    expect(rows.map(({ rank }) => rank).slice(0, 3)).toEqual(['1', '1', '3']);
    expect(text).not.toContain('canary');
  });

  it('is of the period where that is asked for', async () => {
    laurel.travelTo(new Date(Date.now() + day));
    const { text } = await csvOf('spring', '?window=period');
    laurel.travelTo(null);
    expect(text).toBe('rank,denseRank,ordinal,name,score,tiedWith,id\r\n');
    expect((await csvOf('spring', '?window=period')).rows).toHaveLength(names.length);
  });

  it('is the host’s alone', async () => {
    const { token } = await laurel.api.participants.createToken({ participant: 'canary-0@example.com' });
    const { token: staff } = await laurel.api.staff.createToken({ name: 'Sam' });
    const status = async (credential: string, contest = 'spring') =>
      (await ask(laurel, 'GET', `/contests/${contest}/leaderboard.csv`, { credential })).status;
    expect(await Promise.all([laurel.publishableKey, token, staff].map((each) => status(each)))).toEqual([
      403, 403, 200,
    ]);
    expect(await status(laurel.secretKey, 'nowhere')).toBe(404);
  });

  /** A contest with so many participants, each with some points. */
  const crowd = async (slug: string, people: number) => {
    await laurel.api.contests.create({
      ...{ program: 'friends', slug, name: slug },
      ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: new Date(Date.now() + day).toISOString() },
    });
    await sql(
      laurel,
      `with crowd as (
         insert into $schema.participant (id, external_id, display_name)
         select gen_random_uuid(), $1 || number, 'Somebody ' || number from generate_series(1, $2::int) number returning id
       ),
       numbered as (select id, row_number() over () as seq from crowd),
       contest as (update $schema.contest set seq = $2 where slug = $1 returning id),
       written as (
         insert into $schema.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
         select contest.id, seq, numbered.id, 1 + seq % 97, 'crowd:' || seq, now() from numbered, contest
       )
       insert into $schema.standing (contest_id, period_start, participant_id, score, seq)
       select contest.id, '-infinity', numbered.id, 1 + seq % 97, seq from numbered, contest`,
      [slug, people],
    );
  };

  it('is the board of one moment, however it moves while it is read', async () => {
    await crowd('moving', 6_001);
    const before = await laurel.api.leaderboards.past({ contest: 'moving', seq: 6_001, limit: 1 });
    const response = await laurel.fetch(
      new Request('https://shop.example/api/contests/moving/leaderboard.csv', {
        headers: { authorization: `Bearer ${laurel.secretKey}` },
      }),
    );
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader.read()).value, { stream: true });
    // The last become first, and the first leave.
    await sql(
      laurel,
      `with contest as (update $schema.contest set seq = seq + 2 where slug = 'moving' returning id, seq),
       moved as (
         select participant_id, score, row_number() over (order by score) as place from $schema.standing
         where contest_id = (select id from contest) order by score, seq limit 2
       ),
       written as (
         insert into $schema.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
         select contest.id, contest.seq - 2 + place, participant_id, 500, 'move:' || place, now() from moved, contest
       )
       update $schema.standing set score = standing.score + 500, seq = contest.seq - 2 + place
       from moved, contest where standing.contest_id = contest.id and standing.participant_id = moved.participant_id`,
    );
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += decoder.decode(part.value, { stream: true });
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(6_001);
    expect(rows.map(({ ordinal }) => Number(ordinal))).toEqual(rows.map((_, index) => index + 1));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(6_001);
    const byScore = rows.map(({ score }) => Number(score));
    expect(byScore).toEqual(byScore.toSorted((a, b) => b - a));
    for (const { rank, score } of rows) expect(Number(rank)).toBe(1 + byScore.indexOf(Number(score)));
    expect(rows[0]).toMatchObject({ id: before.items[0]?.id, score: `${before.items[0]?.score}` });
    expect((await laurel.api.leaderboards.list({ contest: 'moving', limit: 1 })).items[0]?.score).toBeGreaterThan(500);
  });

  const many = databaseUrl ? 100_000 : 20_000;

  it(`gives ${many} rows a piece at a time`, async () => {
    await crowd('large', many);
    const response = await laurel.fetch(
      new Request('https://shop.example/api/contests/large/leaderboard.csv', {
        headers: { authorization: `Bearer ${laurel.secretKey}` },
      }),
    );
    let rows = -1;
    let largest = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      largest = Math.max(largest, part.byteLength);
      for (const byte of part) if (byte === 10) rows += 1;
    }
    expect(rows).toBe(many);
    // 2,000 rows at most.
    expect(largest).toBeLessThan(200_000);
  }, 60_000);
});
