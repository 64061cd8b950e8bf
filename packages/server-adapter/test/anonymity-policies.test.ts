import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { conclude, contestOf, type Person, person, secretsOf, settle } from './canaries.ts';
import { elsewhere, type Policy, policies, settings, slugOf, stages, type Way, ways } from './contest-ways.ts';
import { createMailbox } from './mailbox.ts';
import { operations } from './samples.ts';
import { ask, eventually, seed, sql, storageName, testLaurel } from './support.ts';

const nobody = '01890000-0000-7000-8000-000000000000';

describe(`anonymity by the policy of a contest (${storageName})`, () => {
  let laurel: TestLaurel;
  let secrets: string[];
  /** Who is to claim the first prize, by contest. */
  const winners = new Map<string, string>();
  let callers: { who: string; credential?: string; self: Person | null }[];
  const mailbox = createMailbox();
  /** The first invited all others; `careful` asks, and did not agree to be shown. */
  const people = ['founder', 'careful', 'open', 'shy'].map(person);
  const [founder, careful, open] = people as [Person, Person, Person];
  const agreed = [founder, open];
  const shownBy: Record<Policy, readonly Person[]> = { shown: people, opt_in: agreed, pseudonyms: [] };

  beforeAll(async () => {
    laurel = await testLaurel({ mail: mailbox.mail });
    await seed(laurel.api, []);
    await settle(laurel, people);
    for (const policy of policies) {
      for (const stage of stages) {
        const slug = slugOf(policy, stage);
        await contestOf(laurel, slug, policy, people, agreed, settings[stage]);
        if (stage === 'over') await conclude(laurel, slug, people);
      }
    }
    secrets = await secretsOf(laurel, people);
    const selected = `select slug, winner.id::text from $schema.contest_winner winner
      join $schema.contest on contest.id = contest_id where winner.state = 'selected'`;
    for (const { slug, id } of await sql<{ slug: string; id: string }>(laurel, selected)) winners.set(slug, id);
    const tokenOf = async ({ externalId }: Person) =>
      (await laurel.api.participants.createToken({ participant: externalId, expiresIn: 3600 })).token;
    callers = [
      { who: 'nobody', self: null },
      { who: 'a publishable key', credential: laurel.publishableKey, self: null },
      { who: 'somebody careful', credential: await tokenOf(careful), self: careful },
      { who: 'the founder', credential: await tokenOf(founder), self: founder },
    ];
  });

  /** What of these people a text holds that by this policy nobody but `self` may read. */
  const leaksIn = (text: string, policy: Policy, self: Person | null) => {
    const others = people.filter((each) => each !== self && !shownBy[policy].includes(each));
    // An invite code is for the members of a team.
    const invite = self ? [] : ['canary-invite'];
    const forbidden = [...secrets, ...invite, ...others.flatMap(({ chosen }) => [chosen.name, chosen.avatar])];
    const lower = text.toLowerCase();
    return forbidden.filter((canary) => lower.includes(canary.toLowerCase()));
  };

  const admitted = (name: string, { credential, self }: (typeof callers)[number]) => {
    const access = operations.find((each) => each.name === name)?.operation.access ?? [];
    const kind = credential === undefined ? 'public' : self ? 'participant' : 'publishable';
    return access.includes('public') || access.includes(kind);
  };

  const call = (name: string, slug: string, credential: string | undefined) => {
    const { path, body, ofWinner } = ways[name] as Way;
    const method = operations.find((each) => each.name === name)?.method ?? 'GET';
    return ask(
      laurel,
      method,
      ofWinner ? `/winners/${winners.get(slug) ?? nobody}${path}` : `/contests/${slug}${path}`,
      {
        ...(credential && { credential }),
        ...(body && { body }),
      },
    );
  };

  it('is asked of every operation of the contract that is about a contest', () => {
    const open = operations.filter(({ operation }) =>
      operation.access.some((each) => each === 'public' || each === 'publishable' || each === 'participant'),
    );
    const about = open.filter(({ name }) => /^(contests|leaderboards|entries|teams|draws|live)\./.test(name));
    const known = [...Object.keys(ways).filter((name) => !/\.(past|csv|photoFinishCsv)$/.test(name)), ...elsewhere];
    expect(known.sort()).toEqual(about.map(({ name }) => name).sort());
  });

  it('would find a leak: the host sees what others must not', async () => {
    const { text } = await ask(laurel, 'GET', `/participants/${encodeURIComponent(careful.externalId)}`, {
      credential: laurel.secretKey,
    });
    expect(leaksIn(text, 'pseudonyms', null)).toEqual(
      expect.arrayContaining(['canary-externalId', 'canary-phone', 'canary-street', careful.id, careful.chosen.name]),
    );
    const board = await call('leaderboards.list', slugOf('shown', 'live'), laurel.publishableKey);
    expect(leaksIn(board.text, 'pseudonyms', null)).toEqual(
      people.flatMap(({ chosen }) => [chosen.name, chosen.avatar]),
    );
    expect(leaksIn(board.text, 'shown', null)).toEqual([]);
  });

  // The board was masked, its CSV was not; and team names gave people away.
  it.each(Object.keys(ways))(
    'holds in %s, by every policy, for everybody (codalab#1631, codalab#1648)',
    async (name) => {
      const { answers, forHost } = ways[name] as Way;
      for (const policy of policies) {
        for (const stage of stages) {
          const asking = callers.filter((each) => admitted(name, each));
          if (forHost) asking.push({ who: 'the host', credential: laurel.secretKey, self: null });
          for (const { who, credential, self } of asking) {
            const answer = await call(name, slugOf(policy, stage), credential);
            const where = `${name} of ${slugOf(policy, stage)} for ${who}`;
            expect(leaksIn(`${answer.text}${[...answer.headers].join()}`, policy, self), where).toEqual([]);
            expect(answer.status, `${where}: ${answer.text}`).toBeLessThan(500);
            if (answers.includes(stage)) expect(answer.status, `${where}: ${answer.text}`).toBeLessThan(300);
          }
        }
      }
    },
  );

  it('holds in cursors, which go on where a page ended and say nothing else', async () => {
    for (const name of ['leaderboards.list', 'leaderboards.interval', 'leaderboards.photoFinish']) {
      const { path } = ways[name] as Way;
      const limited = `/contests/${slugOf('pseudonyms', 'over')}${path}${path.includes('?') ? '&' : '?'}limit=1`;
      const { json } = await ask(laurel, 'GET', limited, { credential: laurel.publishableKey });
      const cursor = Buffer.from(json.nextCursor ?? '', 'base64url').toString();
      expect(leaksIn(cursor, 'pseudonyms', null), `${name} ${cursor}`).toEqual([]);
    }
  });

  it.each(policies)('holds by “%s” in live updates, also when the board moves', async (policy) => {
    for (const { who, credential } of callers.filter(({ who }) => who !== 'nobody')) {
      const response = await laurel.fetch(
        new Request(`https://shop.example/api/live?topics=contest:${slugOf(policy, 'live')}`, {
          headers: { authorization: `Bearer ${credential}` },
        }),
      );
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      const readUntil = async (sign: RegExp) => {
        while (!sign.test(text)) text += new TextDecoder().decode((await reader.read()).value);
      };
      await readUntil(/event: leaderboard[\s\S]*\n\n/);
      const contest = slugOf(policy, 'live');
      const idempotencyKey = `canary-award-live ${who}`;
      await laurel.api.points.award({ contest, participant: careful.externalId, points: 1, idempotencyKey });
      await readUntil(/"changed":\[".+"\]/);
      await reader.cancel();
      // What is sent to all is the same for all: nobody's own name is in it either.
      expect(leaksIn(text, policy, null), who).toEqual([]);
    }
  });

  it('shows an entrant by another id on every board, so that two boards cannot be joined', async () => {
    const idsOf = async (slug: string) =>
      (await call('leaderboards.list', slug, laurel.secretKey)).json.items.map(({ id }: { id: string }) => id);
    const all = await Promise.all(policies.flatMap((policy) => stages.map((stage) => idsOf(slugOf(policy, stage)))));
    expect(new Set(all.flat()).size).toBe(people.length * policies.length * stages.length);
  });

  it('holds in messages: nobody is told of anybody else', async () => {
    // Winners are written to: one of each policy.
    const expected = policies.length;
    const sent = await eventually(
      () => mailbox.messages.length,
      (length) => length >= expected,
    );
    expect(sent).toBeGreaterThanOrEqual(expected);
    for (const { to, ...message } of mailbox.messages) {
      const text = JSON.stringify(message);
      const others = people.filter(({ chosen }) => !to.includes(`canary-email-${chosen.name.split(' ').at(-1)}`));
      for (const { chosen, externalId, id } of others) {
        const word = chosen.name.split(' ').at(-1);
        const facts = ['email', 'phone', 'street'].map((kind) => `canary-${kind}-${word}`);
        for (const canary of [chosen.name, chosen.avatar, externalId, id, ...facts]) expect(text).not.toContain(canary);
      }
    }
  });
});
