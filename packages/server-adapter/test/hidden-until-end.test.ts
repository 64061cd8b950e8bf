import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { contestOf, person, settle } from './canaries.ts';
import { elsewhere, ways } from './contest-ways.ts';
import { operations } from './samples.ts';
import { ask, eventually, seed, sql, storageName, testLaurel } from './support.ts';

const instantWin = { playsPerDay: 100, prizes: [{ name: 'A mug', oneIn: 2, stock: 5 }] };
/** Kinds of contests, each with its board hidden. */
const kinds = {
  leaderboard: {},
  raffle: { kind: 'raffle' },
  milestone: { kind: 'milestone', prizes: [{ name: 'A mug', atPoints: 10 }] },
  waitlist: { kind: 'waitlist' },
  league: { kind: 'league', period: 'week', league: { size: 10 } },
  'instant-win': { kind: 'instant_win', instantWin },
};
/** Words under which answers tell how anybody stands. */
const telling = ['rank', 'denseRank', 'ordinal', 'position', 'place', 'score', 'tiedWith', 'standing'];

/** Whatever is told of how anybody stands, as `key: value`, however deep it is. */
function toldIn(json: unknown, key = ''): string[] {
  if (json === null || json === undefined) return [];
  if (telling.includes(key)) return [`${key}: ${JSON.stringify(json)}`];
  if (Array.isArray(json)) return json.flatMap((each) => toldIn(each));
  if (typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([name, value]) => toldIn(value, name));
}

// DMOJ#665: a board that is hidden until the end is hidden in every output.
describe(`boards hidden until the end (${storageName})`, () => {
  let laurel: TestLaurel;
  let callers: { who: string; credential?: string; access: string }[];
  const people = ['first', 'second', 'third', 'last'].map(person);
  const [, , , last] = people as [never, never, never, (typeof people)[number]];
  /** Points of everybody but `last`, who asks: such as nothing else says by chance. */
  const scores = [7_654_321, 6_543_219, 5_432_198];

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, []);
    await settle(laurel, people);
    for (const [slug, settings] of Object.entries(kinds)) {
      await contestOf(laurel, slug, 'shown', people, people, { hideUntilEnd: true, ...settings });
      for (const [index, points] of scores.entries()) {
        const participant = people[index]?.externalId ?? '';
        const { points: now } = await laurel.api.entries.me({ contest: slug, participant });
        const award = { contest: slug, participant, points: points - now, idempotencyKey: `up to ${points}` };
        await laurel.api.points.award(award);
      }
    }
    const { token } = await laurel.api.participants.createToken({ participant: last.externalId, expiresIn: 3600 });
    callers = [
      { who: 'nobody', access: 'public' },
      { who: 'a publishable key', access: 'publishable', credential: laurel.publishableKey },
      { who: 'a participant', access: 'participant', credential: token },
    ];
  });

  const call = (name: string, slug: string, credential?: string) => {
    const { path, body, ofWinner } = ways[name] ?? { path: '/none' };
    const method = operations.find((each) => each.name === name)?.method ?? 'GET';
    const base = ofWinner ? '/winners/01890000-0000-7000-8000-000000000000' : `/contests/${slug}`;
    return ask(laurel, method, `${base}${path}`, { ...(credential && { credential }), ...(body && { body }) });
  };
  const liveText = async (topics: string, credential: string) => {
    const headers = { authorization: `Bearer ${credential}` };
    const response = await laurel.fetch(new Request(`https://shop.example/api/live?topics=${topics}`, { headers }));
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    return {
      readUntil: async (sign: RegExp) => {
        while (!sign.test(text)) text += new TextDecoder().decode((await reader.read()).value);
        return text;
      },
      close: () => reader.cancel(),
    };
  };
  const numbersIn = (text: string) => scores.filter((score) => text.replace(/[,.\s]/g, '').includes(String(score)));

  it('would be found out: the host sees how all stand', async () => {
    const board = await call('leaderboards.list', 'leaderboard', laurel.secretKey);
    expect(toldIn(board.json).length).toBeGreaterThan(0);
    expect(numbersIn(board.text)).toEqual(scores);
    const line = await laurel.api.entries.me({ contest: 'waitlist', participant: last.externalId });
    expect(line.position).toEqual({ position: 4, of: 4 });
  });

  it.each(Object.keys(ways))('hold in %s, of every kind of contest', async (name) => {
    const access: readonly string[] = operations.find((each) => each.name === name)?.operation.access ?? [];
    for (const slug of Object.keys(kinds)) {
      for (const { who, credential, ...caller } of callers) {
        if (!access.includes('public') && !access.includes(caller.access)) continue;
        const { status, text, json } = await call(name, slug, credential);
        const where = `${name} of ${slug} for ${who}: ${text}`;
        expect(status, where).toBeLessThan(500);
        expect(toldIn(json), where).toEqual([]);
        expect(numbersIn(text), where).toEqual([]);
      }
    }
  });

  it('hold in the list of contests and in live updates', async () => {
    expect(elsewhere).toEqual(['contests.list', 'live.stream']);
    for (const { who, credential } of callers.slice(1)) {
      const all = await ask(laurel, 'GET', '/contests', credential ? { credential } : {});
      expect(toldIn(all.json)).toEqual([]);
      const stream = await liveText(`contest:waitlist,contest:leaderboard,contest:spring`, credential ?? '');
      await stream.readUntil(/event: leaderboard[\s\S]*\n\n/);
      const award = { participant: last.externalId, points: 1, idempotencyKey: `moves for ${who}` };
      for (const contest of ['waitlist', 'leaderboard', 'spring']) await laurel.api.points.award({ contest, ...award });
      const text = await stream.readUntil(/"changed":\[".+"\]/);
      expect(text).toContain('"contest":"spring"');
      expect(text).not.toMatch(/"contest":"(waitlist|leaderboard)"/);
      await stream.close();
    }
  });

  it('are shown the instant a contest ends: the place in line too', async () => {
    const { token } = await laurel.api.participants.createToken({ participant: last.externalId, expiresIn: 3600 });
    await sql(laurel, `update $schema.contest set ends_at = now() where slug = 'waitlist'`);
    await sql(laurel, `select pg_notify($1, '{"contests":["waitlist"]}')`, [`laurel_${laurel.schema}`]);
    const mine = () => ask(laurel, 'GET', '/contests/waitlist/me', { credential: token });
    const { json } = await eventually(mine, (answer) => answer.json.position !== null);
    expect(json.position).toEqual({ position: 4, of: 4 });
  });
});
