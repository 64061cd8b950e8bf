import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';

const day = 86_400_000;
const policies = ['shown', 'opt_in', 'pseudonyms'] as const;
type Policy = (typeof policies)[number];
const slugOf = (policy: Policy) => policy.replace('_', '-');

/** `ada` invited `bob` and `cleo`; `ada` and `cleo` agreed to be shown, `dora` chose no name at all. */
const people = ['ada', 'bob', 'cleo', 'dora'];
const agreed = ['ada', 'cleo', 'dora'];
const picture = (person: string) => `https://shop.example/${person}.png`;
const shownBy: Record<Policy, string[]> = { shown: ['ada', 'bob', 'cleo'], opt_in: ['ada', 'cleo'], pseudonyms: [] };

describe(`whose names boards show (${storageName})`, () => {
  /** One node that holds boards in memory, one that always asks the database. */
  let held: TestLaurel;
  let asking: TestLaurel;
  let nodes: TestLaurel[];

  beforeAll(async () => {
    asking = await testLaurel({ boards: false });
    held = await testLaurel({ schema: asking.schema });
    nodes = [held, asking];
    await seed(asking.api, []);
    for (const person of people) {
      await asking.api.participants.upsert({
        externalId: person,
        displayName: person === 'dora' ? null : `Name of ${person}`,
        avatarUrl: picture(person),
      });
    }
    await refer(asking.api, 'ada', 'bob');
    await refer(asking.api, 'ada', 'cleo');
    for (const policy of policies) {
      await asking.api.contests.create({
        ...{ program: 'friends', slug: slugOf(policy), name: policy, names: policy },
        ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: new Date(Date.now() + day).toISOString() },
      });
      for (const person of agreed) await join(policy, person, true);
      for (const [index, participant] of people.entries())
        await asking.api.points.award({
          contest: slugOf(policy),
          participant,
          points: 5 + index,
          idempotencyKey: participant,
        });
    }
  });

  /** What joining a contest, or joining again, writes and says. */
  const join = (policy: Policy, person: string, showName: boolean) =>
    sql(
      asking,
      `with joined as (
         insert into $schema.contest_entrant (contest_id, participant_id, rules_version, age_confirmed, show_name)
         select contest.id, participant.id, 1, false, $3::boolean from $schema.contest, $schema.participant
         where contest.slug = $1 and external_id = $2
         on conflict (contest_id, participant_id) do update set show_name = excluded.show_name
         returning participant_id)
       select pg_notify($4, jsonb_build_object('names', jsonb_agg(participant_id))::text) from joined`,
      [slugOf(policy), person, showName, `laurel_${asking.schema}`],
    );

  const tokenOf = async (participant: string) => (await asking.api.participants.createToken({ participant })).token;

  const read = async (node: TestLaurel, path: string, credential = node.publishableKey) => {
    const answer = await ask(node, 'GET', path, { credential });
    expect(answer.status, answer.text).toBe(200);
    return answer;
  };

  const readsFromMemory = async () => {
    const { text } = await ask(held, 'GET', '/metrics', { credential: held.secretKey });
    return Number(/laurel_board_reads_total\{source="held"\} (\d+)/.exec(text)?.[1] ?? 0);
  };

  /** Reads the board until it comes from memory. */
  const warm = async (contest: string) => {
    const isWarm = await eventually(
      async () => {
        const before = await readsFromMemory();
        await read(held, `/contests/${contest}/leaderboard`);
        return (await readsFromMemory()) > before;
      },
      (found) => found,
    );
    expect(isWarm).toBe(true);
  };

  /** Whose names, and whose pictures, a text holds. */
  const namesIn = (text: string) => people.filter((person) => text.includes(`Name of ${person}`));
  const picturesIn = (text: string) => people.filter((person) => text.includes(picture(person)));

  const everyWay = (slug: string) => [
    `/contests/${slug}/leaderboard`,
    `/contests/${slug}/leaderboard/interval?window=day`,
    `/contests/${slug}/leaderboard/past?seq=1000`,
    `/contests/${slug}/leaderboard.csv`,
    `/contests/${slug}/photo-finish`,
  ];

  it.each(policies)('are by the policy “%s” the same on every way out', async (policy) => {
    const slug = slugOf(policy);
    await warm(slug);
    for (const node of nodes) {
      for (const path of everyWay(slug)) {
        const { text } = await read(node, path, node.secretKey);
        if (!path.endsWith('photo-finish')) expect(namesIn(text), path).toEqual(shownBy[policy]);
        else expect(shownBy[policy]).toEqual(expect.arrayContaining(namesIn(text)));
      }
      const { json, text } = await read(node, `/contests/${slug}/leaderboard`);
      // Who chose a picture and no name is shown with the picture, where they are shown.
      const withPicture = policy === 'shown' ? people : policy === 'opt_in' ? agreed : [];
      expect(picturesIn(text)).toEqual(withPicture);
      for (const item of json.items) if (!namesIn(item.name).length) expect(item.name).toMatch(/^Guest [2-9B-Z]{4}$/);
    }
  });

  it.each(policies)('are by the policy “%s” in live updates', async (policy) => {
    for (const node of nodes) {
      const response = await node.fetch(
        new Request(`https://shop.example/api/live?topics=contest:${slugOf(policy)}`, {
          headers: { authorization: `Bearer ${node.publishableKey}` },
        }),
      );
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      while (!/event: leaderboard[\s\S]*\n\n/.test(text)) text += new TextDecoder().decode((await reader.read()).value);
      await reader.cancel();
      expect(namesIn(text)).toEqual(shownBy[policy]);
    }
  });

  it.each(policies)(
    'always hold one’s own, and by “%s” nobody else’s, in standing and among friends (eyra/mono#755)',
    async (policy) => {
      await warm(slugOf(policy));
      for (const node of nodes) {
        for (const person of ['ada', 'bob']) {
          const token = await tokenOf(person);
          const others = shownBy[policy].filter((each) => each !== person);
          const standing = await read(node, `/contests/${slugOf(policy)}/standing`, token);
          expect(standing.json.standing.name).toBe(`Name of ${person}`);
          expect(namesIn(standing.text)).toEqual([...others, person].sort());
          const friends = await read(node, `/contests/${slugOf(policy)}/leaderboard/friends`, token);
          const own = friends.json.items.filter((item: { self: boolean }) => item.self);
          expect(own).toMatchObject([{ name: `Name of ${person}`, avatarUrl: picture(person) }]);
          const among = people.filter((each) => each !== 'dora' && (person === 'ada' || each !== 'cleo'));
          expect(namesIn(friends.text)).toEqual(among.filter((each) => each === person || others.includes(each)));
          // To everybody the same row is what it was.
          const row = (await read(node, `/contests/${slugOf(policy)}/leaderboard`, token)).json.items.find(
            ({ id }: { id: string }) => id === standing.json.standing.id,
          );
          expect(row.name).toMatch(shownBy[policy].includes(person) ? /^Name of/ : /^Guest/);
        }
      }
    },
  );

  it('are gone from every node once an entrant takes them back, and come with their consent', async () => {
    await warm('opt-in');
    const shown = (node: TestLaurel) => async () =>
      namesIn((await read(node, '/contests/opt-in/leaderboard')).text).join();
    await join('opt_in', 'cleo', false);
    await join('opt_in', 'bob', true);
    for (const node of nodes) expect(await eventually(shown(node), (names) => names === 'ada,bob')).toBe('ada,bob');
    await join('opt_in', 'cleo', true);
    await join('opt_in', 'bob', false);
    for (const node of nodes) expect(await eventually(shown(node), (names) => names === 'ada,cleo')).toBe('ada,cleo');
  });

  it('are gone at once where the host decides for fewer', async () => {
    await asking.api.contests.create({
      ...{ program: 'friends', slug: 'fewer', name: 'Fewer', names: 'shown' },
      ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: new Date(Date.now() + day).toISOString() },
    });
    for (const participant of people)
      await held.api.points.award({ contest: 'fewer', participant, points: 3, idempotencyKey: participant });
    await warm('fewer');
    const shown = async (node: TestLaurel) => namesIn((await read(node, '/contests/fewer/leaderboard')).text);
    expect(await shown(held)).toEqual(['ada', 'bob', 'cleo']);
    for (const names of ['opt_in', 'pseudonyms'] as const) {
      await held.api.contests.update({ contest: 'fewer', names });
      for (const node of nodes) expect(await shown(node)).toEqual([]);
    }
  });
});
